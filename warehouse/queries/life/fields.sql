-- What an article says besides its headline and blocks, as it stands now.
select
  "text", section, tags, credits, captions, corrections, image_url, published_precision, modified_at, known_at, known_by
from articles_current
where article_id = $article_id;
