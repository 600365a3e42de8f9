-- What sources offered for the fields of the articles of this part.
insert into metadata_candidates (article_id, metadata_hash, field, value, source, chosen, why)
select article_id, metadata_hash, offer.field, offer.value, offer.source, offer.chosen, offer.why
from (
  select
    article_id,
    metadata_hash,
    unnest([
      {'field': 'title', 'value': title, 'source': 'h1', 'chosen': true, 'why': 'the first heading'},
      {'field': 'title', 'value': concat(title, ' | ', publisher_id), 'source': 'title tag', 'chosen': false, 'why': null},
      {'field': 'title', 'value': title, 'source': 'feed', 'chosen': false, 'why': null},
      {'field': 'title', 'value': title, 'source': 'json-ld', 'chosen': false, 'why': null},
      {'field': 'authors', 'value': author, 'source': 'json-ld', 'chosen': true, 'why': 'the best source that names any'},
      {'field': 'authors', 'value': author, 'source': 'feed', 'chosen': false, 'why': null},
      {'field': 'published', 'value': cast(published_at as varchar), 'source': 'json-ld', 'chosen': true, 'why': null},
      {'field': 'published', 'value': cast(published_at as varchar), 'source': 'feed', 'chosen': false, 'why': null},
      {'field': 'modified', 'value': cast(modified_at as varchar), 'source': 'json-ld', 'chosen': true, 'why': null},
      {'field': 'url', 'value': url, 'source': 'link canonical', 'chosen': true, 'why': null},
      {'field': 'language', 'value': 'en', 'source': 'html lang', 'chosen': true, 'why': null},
      {'field': 'publisher', 'value': publisher_id, 'source': 'json-ld', 'chosen': true, 'why': null}
    ]) as offer
  from (
    select *, first_seen_at - interval 20 minutes as published_at, observed_at - interval 20 minutes as modified_at
    from versions
  )
);
