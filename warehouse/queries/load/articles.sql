-- Staged rows of articles whose (article_id) is not there yet: new_articles tells which.
insert into articles (
  article_id, url_key, canonical_url, publisher_id, first_seen_at, first_seen_date
)
select
  staged.article_id, staged.url_key, staged.canonical_url, staged.publisher_id, staged.first_seen_at,
  staged.first_seen_date
from staged
semi join new_articles using (article_id);
