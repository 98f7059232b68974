// A sentence for each kind of notice, and the words around the list, in English. The same in all places.
import type { Translation } from '@/shared/i18n'
import type zh from './kinds.zh'

export default {
  title: 'Notices',
  empty: 'No notices',
  'empty.text': 'News about admission, tasks, answers and results will be told here.',
  unread: 'Unread',
  readAll: 'Mark all as read',
  'kind.plan_submitted': 'The plan of “{training}” waits for your decision',
  'kind.plan_approved': 'The plan of “{training}” is approved',
  'kind.plan_returned': 'The plan of “{training}” came back; please see why',
  'kind.staff_invited': 'You are asked to help lead “{training}”; please answer',
  'kind.invitation_accepted': '{person} accepted the invitation to “{training}”',
  'kind.invitation_declined': '{person} declined the invitation to “{training}”',
  'kind.recommendation_wanted': '{person} applies for “{training}” and asks for your recommendation',
  'kind.admitted': 'You are admitted to “{training}”',
  'kind.waitlisted': 'You are on the waiting list of “{training}”',
  'kind.rejected': '“{training}” could not admit you this time; please see why',
  'kind.class_published': 'Your class in “{training}”: {class}',
  'kind.list_published': 'The tasks of week {week} of “{training}” are published',
  'kind.announced': 'New announcement in {class}: {title}',
  'kind.question_asked': 'A question in {class}: {topic}',
  'kind.question_answered': 'Your question “{topic}” has an answer',
  'kind.topic_replied': 'New reply to “{topic}”',
  'kind.work_reviewed': '“{task}” was reviewed',
  'kind.work_returned': 'Please improve “{task}” and hand it in again',
  'kind.batch_submitted': 'The certificates of “{training}” wait for your decision',
  'kind.batch_approved': 'The certificates of “{training}” are approved',
  'kind.batch_returned': 'The certificates of “{training}” came back; please see why',
  'kind.certificate_issued': 'Your certificate for “{training}” is issued',
  'kind.certificate_revoked': 'Your certificate for “{training}” was revoked; please see why',
} satisfies Translation<typeof zh>
