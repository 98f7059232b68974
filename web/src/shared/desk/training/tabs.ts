// The pages of one training, in the order of its flow, and what each is called.
import type { trainingText } from './words'

type Key = Parameters<typeof trainingText.t>[0]

export const trainingTabs = [
  { name: 'training-plan.training', label: 'tab.overview' },
  { name: 'training-plan.plan', label: 'tab.plan' },
  { name: 'training-plan.staff', label: 'tab.staff' },
  { name: 'gate-admission.notice', label: 'tab.notice' },
  { name: 'gate-admission.admissions', label: 'tab.admissions' },
  { name: 'class-allocation.board', label: 'tab.allocation' },
  { name: 'task-board.settings', label: 'tab.board' },
  { name: 'assessment.scheme', label: 'tab.scheme' },
  { name: 'assessment.results', label: 'tab.results' },
  { name: 'certificate-issuer.training', label: 'tab.certificates' },
] as const satisfies readonly { name: string; label: Key }[]
