-- What every generated row is made of: chance by key, invented words, ids, and which entry stands where. Variables are set by the caller:
-- seed, slots (entries of all feeds), polls (of each feed that bring any), publishers, feeds, days, until. Slot n is entry n // feeds of
-- feed n % feeds; a feed's poll k brings its entries 2k and 2k + 1 and still shows the eighteen before. A fiftieth of all slots is
-- rejected; the others are articles.
create temp macro chance(kind, a, b) as (hash(getvariable('seed'), kind, a, b) >> 11) / 9007199254740992.0;
create temp macro digest(kind, a, b) as md5(concat_ws('/', getvariable('seed'), kind, a, b));
create temp macro is_rejected(n) as (n // getvariable('feeds') + n) % 50 = 49;
create temp macro text_of(n) as if(n % 33 = 5 and not is_rejected(n - 1), n - 1, n);

create temp macro began() as getvariable('until') - to_days(getvariable('days'));
create temp macro hours_at(slot) as floor(slot * (24.0 * getvariable('days') / (2 * getvariable('polls') * getvariable('feeds'))));
create temp macro run_at(slot) as began() + to_hours(cast(hours_at(slot) as bigint));
create temp macro polled_at(feed, poll) as run_at((2 * poll + 1) * getvariable('feeds') + feed) + to_seconds(2 * feed + 1);
create temp macro seen_at(n, poll) as polled_at(n % getvariable('feeds'), poll) + to_seconds(10 + n % 97);
create temp macro versions_of(n) as case when chance('versions', n, 0) < 0.02 then 3 when chance('versions', n, 0) < 0.12 then 2 else 1 end;

create temp macro timed_id(instant, kind, a, b) as cast(
  lpad(to_hex(epoch_ms(instant)), 12, '0') || '7' || substring(digest(kind, a, b), 1, 3) || '8' || substring(digest(kind, a, b), 4, 15)
  as uuid
);
create temp macro run_id(instant) as timed_id(instant, 'run', epoch_ms(instant), 0);
create temp macro poll_id(feed, poll) as timed_id(polled_at(feed, poll), 'poll', feed, poll);
create temp macro page_id(n, version, instant) as timed_id(instant, 'page', n, version);
create temp macro publisher_id(n) as printf('paper-%03d.example', n % getvariable('feeds') % getvariable('publishers'));
create temp macro feed_id(n) as printf(
  'paper-%03d-%d', n % getvariable('feeds') % getvariable('publishers'), n % getvariable('feeds') // getvariable('publishers') + 1
);
create temp macro url_key(n) as concat(publisher_id(n), '/news/', n // getvariable('feeds'), '-', substring(digest('url', n, 0), 1, 10));
create temp macro named_id(digest) as cast(concat(
  digest[1:12], '5', digest[14:16], substring('89ab', (cast('0x' || digest[17] as integer) & 3) + 1, 1), digest[18:32]
) as uuid);
create temp macro article_id(n) as named_id(sha1(unhex('5d3c1f0e6f2b5b0a9c586f5f0a4e6d21') || encode(url_key(n))));
create temp macro hash_of(title, content) as left(sha256(concat('["', title, '", ', cast(to_json(content) as varchar), ', []]')), 32);
create temp macro snapshot_of(publisher) as concat('snapshot-', substring(md5(publisher), 1, 12));
create temp macro learning_of(publisher) as concat('learned-', substring(md5(publisher), 1, 12));

create temp macro syllable(number) as substring(
  'barbelbinbondalderdrudorfanfelfilforgalgergingonhalherhinhorjalkenkinkorlanlerlinlormalmermin'
  || 'mornalnernonnurpalperpinporranrelrinronsalselsinsontaltertintorvalvervinvorwalwerwinworzanzelzinzorbresto',
  3 * number + 1, 3
);
create temp macro word(rank) as concat(
  syllable(rank % 64), if(rank >= 64, syllable(rank // 64 % 64), ''), if(rank >= 4096, syllable(rank // 4096), '')
);
create temp macro rank_at(chance_of_rank) as cast(floor(exp(10.3 * chance_of_rank)) as integer) - 1;
create temp macro sentence(kind, key, place, words) as array_to_string(
  list_transform(list_transform(range(words), i -> rank_at(chance(kind, key, 1000 * place + i))), rank -> word(rank)), ' '
);
