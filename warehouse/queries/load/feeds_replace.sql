-- Feeds, one row per feed. What its owner configured follows the configuration; added_at is kept.
update feeds as stored
set
  publisher_id = staged.publisher_id,
  url = staged.url,
  kind = staged.kind,
  title = staged.title,
  language = staged.language
from staged
where stored.feed_id = staged.feed_id;
