-- What is remembered of feeds to decide when and where they are asked, and what polls notice. All instants are UTC.

alter table feed_states add column interval_seconds integer;
alter table feed_states add column due_reason varchar;
alter table feed_states add column least_seconds integer;
alter table feed_states add column skip_hours integer[];
alter table feed_states add column skip_days integer[];
alter table feed_states add column failure_kind varchar;
alter table feed_states add column gone_since timestamptz;
alter table feed_states add column moving_to varchar;
alter table feed_states add column moving_since timestamptz;
alter table feed_states add column moving_polls integer;
alter table feed_states add column trusted_304s integer;
alter table feed_states add column full_body_at timestamptz;
alter table feed_states add column conditional_distrusted_at timestamptz;
alter table feed_states add column last_gap_at timestamptz;
alter table feed_states add column read_url varchar;
alter table feed_states add column read_entries integer;
alter table feed_states add column id_churns integer;
alter table feed_states add column ids_distrusted_at timestamptz;

alter table polls add column notices varchar[];
alter table polls add column clashing_ids integer;
alter table polls add column churned_ids integer;

-- feed_moves: one row per change of the address that a feed is asked at.
create table feed_moves (
  feed_id varchar not null,
  from_url varchar not null,
  to_url varchar not null,
  cause varchar not null,
  first_seen_at timestamptz,
  polls integer not null,
  moved_at timestamptz not null
);
