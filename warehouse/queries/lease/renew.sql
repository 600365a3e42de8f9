-- The holder of a lease says that it is at work. One row, none if the run does not hold it any more.
update run_leases
set
  heartbeat_at = $now,
  expires_at = $expires_at
where name = $name
  and run_id = $run_id
returning name;
