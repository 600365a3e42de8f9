-- Articles looked at again in the 24 hours before $now per outcome; those that are to be tried again whenever they were begun.
select outcome, count(*) as articles
from rechecks
where outcome = 'pending' or checked_at >= $now - interval 24 hours
group by outcome
order by outcome;
