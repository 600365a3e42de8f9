-- Articles of one publisher whose newest reading was not cleaned with the snapshot, newest first.
with readings as (
  select article_id, snapshot_id
  from article_observations
  semi join (select article_id from articles where publisher_id = $publisher_id) as own using (article_id)
  qualify row_number() over (
    partition by article_id
    order by observed_at desc, recorded_at desc, content_hash, metadata_hash, page_id
  ) = 1
)
select articles.article_id
from readings
join articles using (article_id)
where readings.snapshot_id is distinct from $snapshot_id
order by articles.first_seen_at desc, articles.article_id
limit $limit;
