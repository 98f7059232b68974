// Answers what the server says about notices, as its contract has it.
interface Of<Kind extends string, Params> {
  kind: Kind
  params: Params
}
interface InTraining {
  training: string
}
interface ByPerson extends InTraining {
  person: string
}

/** What can be worth a notice; each kind has a text in `messages/kinds.zh.ts`. */
export type Happened =
  | Of<'plan_submitted' | 'plan_approved' | 'plan_returned' | 'staff_invited', InTraining>
  | Of<'invitation_accepted' | 'invitation_declined' | 'recommendation_wanted', ByPerson>
  | Of<'admitted' | 'waitlisted' | 'rejected', InTraining>
  | Of<'class_published', InTraining & { class: string }>
  | Of<'list_published', InTraining & { week: number }>
  | Of<'question_asked', { class: string; topic: string }>
  | Of<'question_answered' | 'topic_replied', { topic: string }>
  | Of<'work_reviewed' | 'work_returned', { task: string }>
  | Of<'batch_submitted' | 'batch_approved' | 'batch_returned', InTraining>
  | Of<'certificate_issued' | 'certificate_revoked', InTraining>

export type Notice = Happened & { id: string; at: string; read: boolean; link: string }

export interface Notices {
  items: Notice[]
  next?: string
}

interface Json<Body> {
  200: { content: { 'application/json': Body } }
}
interface Nothing {
  204: { content?: never }
}

export interface NoticePaths {
  '/api/v1/notices': {
    get: { parameters: { query?: { after?: string; limit?: number } }; responses: Json<Notices> }
  }
  '/api/v1/notices/unread-count': { get: { responses: Json<{ unread: number }> } }
  '/api/v1/notices/{notice_id}/read': {
    post: { parameters: { path: { notice_id: string } }; responses: Nothing }
  }
  '/api/v1/notices/read-all': { post: { responses: Nothing } }
}
