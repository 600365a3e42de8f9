-- Entries that the polls of this part bring for the first time, one row each.
create or replace temp table entries as
select
  n,
  n // getvariable('feeds') // 2 as poll,
  is_rejected(n) as is_rejected,
  text_of(n) as text_key,
  article_id(n) as article_id,
  publisher_id(n) as publisher_id,
  feed_id(n) as feed_id,
  url_key(n) as url_key,
  concat('https://', url_key(n)) as url,
  sentence('title', n, 0, cast(6 + n % 5 as integer)) as title,
  concat(word(n * 31 % 4096), ' ', word(n * 17 % 4096)) as author,
  seen_at(n, n // getvariable('feeds') // 2) as first_seen_at
from (select unnest(range($first_slot, $last_slot)) as n);
