-- Who may run: of runs that share a lease, one at a time, whoever starts them. All instants are UTC.

-- run_leases: one row per lease, held or free. It is there from the start, so that two who reach for it update the same row and one of them fails.
create table run_leases (
  name varchar not null,
  holder varchar,
  run_id uuid,
  acquired_at timestamptz,
  heartbeat_at timestamptz,
  expires_at timestamptz
);

insert into run_leases (name, holder, run_id, acquired_at, heartbeat_at, expires_at)
values ('ingest', null, null, null, null, null);
