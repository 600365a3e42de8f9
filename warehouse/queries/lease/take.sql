-- A lease goes to a new holder.
update run_leases
set
  holder = $holder,
  run_id = $run_id,
  acquired_at = $now,
  heartbeat_at = $now,
  expires_at = $expires_at
where name = $name;
