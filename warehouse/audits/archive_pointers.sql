-- What lies in the archive is named by file, offset and length together, and no two bodies overlap there.
with own_bodies as (
  select page_id::varchar as named, archive_file, archive_offset, archive_length
  from pages
  where $run_id::uuid is null or run_id = $run_id::uuid
  union all
  select poll_id::varchar, archive_file, archive_offset, archive_length
  from polls
  where $run_id::uuid is null or run_id = $run_id::uuid
), placed as (
  select distinct archive_file, archive_offset, archive_length from own_bodies where archive_length is not null
), followed as (
  select
    archive_file, archive_offset, archive_length,
    lead(archive_offset) over (partition by archive_file order by archive_offset) as next_offset
  from placed
)
select named as subject, concat_ws(' ', 'lies at', archive_file, archive_offset, archive_length) as detail
from own_bodies
where (archive_file is null) <> (archive_offset is null)
  or (archive_file is null) <> (archive_length is null)
  or archive_offset < 0
  or archive_length <= 0
union all
select concat_ws(' ', archive_file, archive_offset), concat(archive_length, ' bytes long, the next body begins at ', next_offset)
from followed
where archive_offset + archive_length > next_offset;
