// What the navigation says, in Chinese.
export default {
  'nav.trainings': '培训项目',
  'nav.approvals': '方案审批',
  'nav.group.plan': '规划',
  'nav.invitations': '我收到的邀请',
} as const
