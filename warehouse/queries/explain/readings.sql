-- Every cleaning of every page of an article, newest first.
select
  observations.observed_at, observations.recorded_at, observations.cause, observations.extractor, observations.ruleset_id, observations.snapshot_id,
  pages.final_url, pages.archive_file, pages.archive_offset
from article_observations as observations
join pages using (page_id)
where observations.article_id = $article_id
order by observations.observed_at desc, observations.recorded_at desc;
