-- What feeds said of the staged articles and metadata, one row per field and value, in the order stored.
select article_id, field, value
from metadata_candidates
semi join staged using (article_id, metadata_hash)
where source = 'feed'
order by article_id, field, rowid;
