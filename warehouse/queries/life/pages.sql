-- Fetches that an article was read from, newest first.
select
  pages.requested_url, pages.final_url, pages.fetched_at, pages.outcome, pages.http_status, pages.body_bytes, pages.archive_file,
  pages.archive_offset, pages.opt_outs
from pages
semi join (select page_id from article_observations where article_id = $article_id) as read using (page_id)
order by pages.fetched_at desc, pages.page_id
limit $most;
