-- Staged rows of entry_aliases whose (alias_key) is not there yet.
insert into entry_aliases (
  alias_key, article_id, kind, scope, value, first_seen_at
)
select
  staged.alias_key, staged.article_id, staged.kind, staged.scope, staged.value, staged.first_seen_at
from staged
anti join (
  select alias_key
  from entry_aliases
  semi join staged using (alias_key)
) as stored using (alias_key);
