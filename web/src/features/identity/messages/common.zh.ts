// What the navigation says, in Chinese.
export default {
  'nav.me': '我的',
  'nav.password': '修改密码',
  'nav.group.people': '人员与单位',
  'nav.people': '人员',
  'nav.roster': '名单导入',
  'nav.orgUnits': '组织机构',
  'nav.grants': '角色任命',
} as const
