-- Articles behind the staged identities, one row per identity that is known.
select alias_key, article_id
from entry_aliases
semi join staged using (alias_key);
