-- Articles behind the staged identities, one row per identity that is known. Where they stand is found without reading the wide columns.
select alias_key, article_id
from entry_aliases
where rowid in (select stored.rowid from entry_aliases as stored semi join staged using (alias_key));
