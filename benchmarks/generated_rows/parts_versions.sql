-- Versions of the articles of this part, one row each: a later one is observed at a later poll, if there is one, and has another paragraph.
create or replace temp table versions as
with numbered as (
  select entries.*, unnest(range(1, 1 + versions_of(n))) as version
  from entries
  where not is_rejected
), observed as (
  select
    *,
    seen_at(n, poll + version - 1) as observed_at,
    cast(greatest(1, least(60, round(
      exp(ln(400) + 0.7 * sqrt(-2 * ln(1 - chance('size', text_key, 0))) * cos(2 * pi() * chance('size', text_key, 1))) / 45
    ))) as integer) as paragraph_count
  from numbered
  where 2 * (poll + version - 1) * getvariable('feeds') + n % getvariable('feeds') < getvariable('slots')
), sized as (
  select *, list_transform(range(paragraph_count), p -> cast(20 + floor(50 * chance('length', text_key, p)) as integer)) as lengths
  from observed
), written as (
  select
    *,
    list_transform(range(paragraph_count), p -> concat(
      sentence(if(version > 1 and p = least(1, paragraph_count - 1), concat('text ', version), 'text'), text_key, p, lengths[p + 1]), '.'
    )) as paragraphs
  from sized
)
select
  *,
  cast(list_sum(lengths) as integer) as word_count,
  array_to_string(paragraphs, chr(10) || chr(10)) as text,
  hash_of(title, array_to_string(paragraphs, chr(10) || chr(10))) as content_hash,
  digest('metadata', n, version) as metadata_hash,
  page_id(n, version, observed_at) as page_id,
  run_id(date_trunc('hour', observed_at)) as run_id
from written;
