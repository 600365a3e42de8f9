-- The holder of a lease lets go of it; nothing happens if the run does not hold it any more.
update run_leases
set
  holder = null,
  run_id = null,
  acquired_at = null,
  heartbeat_at = null,
  expires_at = null
where name = $name
  and run_id = $run_id;
