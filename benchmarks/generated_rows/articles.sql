-- Articles of this part, the entries that are known, and the names that they go by.
insert into articles (article_id, url_key, canonical_url, publisher_id, first_seen_at, first_seen_date)
select article_id, url_key, url, publisher_id, first_seen_at, cast(first_seen_at as date)
from entries
where not is_rejected;

insert into known_entries (feed_id, entry_key, fingerprint, article_id, seen_at)
select
  feed_id, concat('id:', url), hash(getvariable('seed'), 'entry', n), if(is_rejected, null, article_id),
  polled_at(n % getvariable('feeds'), least(poll + 9, getvariable('polls') - 2))
from entries;

insert into entry_aliases (alias_key, article_id, kind, scope, value, first_seen_at)
select hash(getvariable('seed'), name.kind, name.scope, name.value), article_id, name.kind, name.scope, name.value, first_seen_at
from (
  select
    article_id,
    first_seen_at,
    unnest([
      {'kind': 'url', 'scope': '', 'value': url_key},
      {'kind': 'entry_id', 'scope': feed_id, 'value': url},
      {'kind': 'entry_id', 'scope': publisher_id, 'value': url_key},
      {'kind': 'title_day', 'scope': feed_id, 'value': concat(title, ' ', n, ' ', cast(first_seen_at as date))}
    ]) as name
  from entries
  where not is_rejected
);
