-- The staged texts with their headlines, and with the correction notices of any observation that had them: they are part of the hash.
with noticed as (
  select observations.article_id, observations.content_hash, any_value(metadata.corrections) as corrections
  from article_observations as observations
  semi join staged using (article_id, content_hash)
  join article_metadata as metadata using (article_id, metadata_hash)
  group by observations.article_id, observations.content_hash
)
select texts.article_id, texts.content_hash, texts.title, texts."text", coalesce(noticed.corrections, []) as corrections
from article_texts as texts
semi join staged using (article_id, content_hash)
left join noticed using (article_id, content_hash);
