-- New entries of feeds against their habit, one row per feed that was ever read, over the 24 hours before the query and the eight weeks before.
-- Its habit is what it brought in the same 24 hours of earlier weeks, in weeks in which it was found well: it takes four of them. It is quieter
-- or louder than that if it differs from their median by three robust deviations, by half of the median (its double), and by 3 (5) entries.
-- It is silent if it brought nothing for half as long again as its second longest silence of eight weeks, and for six hours: it takes ten polls
-- that brought something, and two weeks. The first read is left out: it brings whatever was there.
create or replace view feed_volume as
with first_reads as (
  select feed_id, min(polled_at) as first_read_at
  from polls
  where outcome = 'ok'
  group by feed_id
), good_polls as (
  select
    polls.feed_id,
    polls.polled_at,
    first_reads.first_read_at,
    cast(floor(date_diff('second', polls.polled_at, now()) / 86400) as integer) as days_ago,
    coalesce(polls.entry_count - polls.overlap_count, 0) as new_entries
  from polls
  join first_reads using (feed_id)
  where polls.outcome in ('ok', 'not_modified', 'same_body')
    and polls.polled_at > first_reads.first_read_at
    and polls.polled_at between now() - interval 57 days and now()
), days as (
  select feed_id, days_ago, sum(new_entries) as entries
  from good_polls
  where first_read_at <= now() - to_days(days_ago + 1)
  group by feed_id, days_ago
), habits as (
  select
    feed_id,
    count(*) as weeks,
    median(entries) as usual,
    3 * 1.4826 * mad(entries) as deviation
  from days
  where days_ago > 0 and days_ago % 7 = 0
  group by feed_id
  having count(*) >= 4
), today as (
  select feed_id, entries
  from days
  where days_ago = 0
), news as (
  select feed_id, first_read_at, polled_at, date_diff('second', lag(polled_at) over (partition by feed_id order by polled_at), polled_at) / 3600 as silence
  from good_polls
  where new_entries > 0
), silences as (
  select feed_id, max(polled_at) as last_new_at, max(silence, 2)[-1] as usual
  from news
  group by feed_id
  having count(*) >= 10 and min(first_read_at) <= now() - interval 14 days
), answers as (
  select feed_id, max(polled_at) as last_good_at
  from good_polls
  group by feed_id
), measured as (
  select
    first_reads.feed_id,
    today.entries as entries_24h,
    habits.weeks as weeks_known,
    habits.usual as usual_24h,
    case when habits.usual is not null then greatest(0, habits.usual - greatest(habits.deviation, habits.usual / 2, 3)) end as low_24h,
    habits.usual + greatest(habits.deviation, habits.usual, 5) as high_24h,
    date_diff('second', silences.last_new_at, answers.last_good_at) / 3600 as silent_hours,
    silences.usual as usual_silent_hours
  from first_reads
  left join today using (feed_id)
  left join habits using (feed_id)
  left join silences using (feed_id)
  left join answers using (feed_id)
)
select
  feed_id,
  entries_24h,
  weeks_known,
  usual_24h,
  low_24h,
  high_24h,
  case
    when entries_24h < low_24h then 'quieter'
    when entries_24h > high_24h then 'louder'
    when entries_24h >= low_24h then 'usual'
  end as volume,
  silent_hours,
  usual_silent_hours,
  silent_hours > greatest(6, 1.5 * usual_silent_hours) as is_silent
from measured;
