// Answers what each icon looks like: strokes on a 24 × 24 grid, drawn for this product.

export const icons = {
  week: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M8 14h3M8 17h6',
  class:
    'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M3 20c0-3.5 2.5-6 6-6s6 2.5 6 6M16 5.5a3 3 0 0 1 0 5.5M17.5 14.5c2.2.8 3.5 2.8 3.5 5.5',
  ask: 'M4 5h16v11H11l-4 4v-4H4zM12 13.5v.01M10 9c0-1 .9-1.7 2-1.7s2 .7 2 1.7-2 1.2-2 2.4',
  message: 'M4 5h16v11H11l-4 4v-4H4zM8 9h8M8 12.5h5',
  me: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21c0-4 3.5-7 8-7s8 3 8 7',
  queue: 'M4 6h10M4 12h10M4 18h10M18 5v6M18 14v.01M18 18v.01',
  grade: 'M5 3h14v18H5zM9 8h6M9 12h3M9 17l1.5 1.5L14 15',
  course: 'M4 5c3-1.5 6-1 8 1 2-2 5-2.5 8-1v14c-3-1.5-6-1-8 1-2-2-5-2.5-8-1zM12 6v14',
  training: 'M4 20V9l8-5 8 5v11M9 20v-6h6v6',
  plan: 'M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h5',
  people:
    'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M2.5 20c0-3.5 2.3-6 5.5-6s5.5 2.5 5.5 6M16 11a3 3 0 1 0 0-6M15 14c3.8-.5 6.5 2 6.5 6',
  org: 'M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4',
  gate: 'M5 21V4h14v17M3 21h18M14 12.5v.01M9 21V7h7v14',
  certificate: 'M12 14a5 5 0 1 0 0-10 5 5 0 0 0 0 10M9 13l-1.5 8L12 18.5 16.5 21 15 13M10.2 9l1.3 1.3L14 7.8',
  chart: 'M4 4v16h16M8 16v-4M12 16V8M16 16v-6',
  settings:
    'M5 7h8M17 7h2M5 17h2M11 17h8M15 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M9 19.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5',
  home: 'M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-5h4v5',
  bell: 'M6 17v-6a6 6 0 0 1 12 0v6M4 17h16M10 20.5h4',
  play: 'M8 5l11 7-11 7z',
  read: 'M5 4h14v16H5zM9 9h6M9 13h6',
  test: 'M4 5h4v4H4zM4 15h4v4H4zM12 7h8M12 17h8M5 7l1 1 2-3',
  write: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  upload: 'M12 16V5M7.5 9.5L12 5l4.5 4.5M5 19h14',
  download: 'M12 5v11M7.5 11.5L12 16l4.5-4.5M5 19h14',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6 6l12 12M18 6L6 18',
  plus: 'M12 5v14M5 12h14',
  back: 'M15 5l-7 7 7 7',
  forward: 'M9 5l7 7-7 7',
  down: 'M5 9l7 7 7-7',
  menu: 'M4 7h16M4 12h16M4 17h16',
  more: 'M6 12v.01M12 12v.01M18 12v.01',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5l3.5 2',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 11v5.5M12 7.5v.01',
  warning: 'M12 4l9 16H3zM12 10v5M12 17.5v.01',
  offline: 'M4 4l16 16M5 11a10 10 0 0 1 4-2.3M12 8a10 10 0 0 1 7 3M8.5 14.5a5 5 0 0 1 5-1.400M12 18.5v.01',
  search: 'M11 17a6 6 0 1 0 0-12 6 6 0 0 0 0 12M15.5 15.5L20 20',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  language:
    'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9S9 6 12 3',
  leave: 'M14 5V4H5v16h9v-1M10 12h10M16.5 8.5L20 12l-3.5 3.5',
} as const

export type IconName = keyof typeof icons
