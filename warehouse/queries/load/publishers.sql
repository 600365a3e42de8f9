-- Staged rows of publishers whose (publisher_id) is not there yet.
insert into publishers (
  publisher_id, name, country, language, added_at
)
select
  staged.publisher_id, staged.name, staged.country, staged.language, staged.added_at
from staged
anti join publishers as stored using (publisher_id);
