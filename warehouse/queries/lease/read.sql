-- One lease and who holds it, or held it last. No row for a name that is no lease.
select name, holder, run_id, acquired_at, heartbeat_at, expires_at
from run_leases
where name = $name;
