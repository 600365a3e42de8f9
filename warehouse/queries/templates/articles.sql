-- Articles whose newest reading is the template's, newest first.
with readings as (
  select article_id, extractor
  from article_observations
  semi join (select article_id from article_observations where extractor = $template_id) as own using (article_id)
  qualify row_number() over (
    partition by article_id
    order by observed_at desc, recorded_at desc, content_hash, metadata_hash, page_id
  ) = 1
)
select articles.article_id
from readings
join articles using (article_id)
where readings.extractor = $template_id
order by articles.first_seen_at desc, articles.article_id
limit $limit;
