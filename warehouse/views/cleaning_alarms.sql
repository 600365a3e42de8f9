-- Alarms about cleaning, one row per publisher, alarm and rule: what is odd about its newest articles against those before, of its 60 newest.
create or replace view cleaning_alarms as
select *
from cleaning_alarms_among(null);
