// What an attempt says item by item, in Chinese.
export default {
  item: '第 {n} 题',
  right: '答对了',
  wrong: '没有答对',
  partly: '部分答对',
  rightAnswer: '正确答案：{keys}',
  mine: '我的答案：{keys}',
  nothing: '没有作答',
  arrivedLate: '时间到以前选的，{at} 才传到，照常计分。',
  tooLate: '时间到以后选的“{keys}”（{at}）已经留下，不计分。',
  arrivedTooLate: '时间到以前选的“{keys}”（{at}）没有及时传到，已经留下，不计分。',
  handedIn: '交卷以后才传到的“{keys}”（{at}）已经留下，不计分。',
  older: '在另一台设备上更早选的“{keys}”（{at}）已经留下，后选的答案计分。',
  theirs: '答案：{keys}',
  title: '第 {n} 次作答',
  submitted: '{at} 交卷',
} as const
