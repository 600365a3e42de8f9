-- The staged ends of entries, written to the entry_outcomes rows that are still pending. A row that has ended stays as it is,
-- and an attempt that was already counted is not undone, so that loading a batch again changes nothing.
update entry_outcomes as stored
set
  outcome = staged.outcome,
  reason = staged.reason,
  article_id = staged.article_id,
  attempts = staged.attempts,
  next_try_at = staged.next_try_at,
  recorded_at = staged.recorded_at
from staged
where stored.poll_id = staged.poll_id
  and stored.entry_key = staged.entry_key
  and stored.outcome = 'pending'
  and staged.attempts >= stored.attempts;
