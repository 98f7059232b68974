// Notices: in the learner's messages, behind a bell elsewhere; who has no role finds theirs from the home page.
import { defineFeature } from '@/shared/feature'
import { commonText } from './messages'
import { unreadNotices } from './queries'

const { t } = commonText

function withUnread(label: 'messages' | 'notices'): string {
  const n = unreadNotices()
  return n === 0 ? t(`nav.${label}`) : t(`nav.${label}.unread`, { n: n > 99 ? '99+' : n })
}

export default defineFeature({
  routes: [
    {
      place: 'public',
      path: 'my/messages',
      name: 'notification.public',
      component: () => import('./public/MyMessagesPage.vue'),
      signedIn: true,
    },
    {
      place: 'learn',
      path: 'messages',
      name: 'notification.messages',
      component: () => import('./learn/MessagesPage.vue'),
    },
    {
      place: 'teach',
      path: 'notices',
      name: 'notification.teach',
      component: () => import('./teach/TeachNoticesPage.vue'),
    },
    {
      place: 'office',
      path: 'notices',
      name: 'notification.office',
      component: () => import('./office/OfficeNoticesPage.vue'),
    },
  ],
  nav: [
    {
      place: 'public',
      to: 'notification.public',
      label: () => withUnread('messages'),
      icon: 'message',
      order: 5,
      slot: 'me',
    },
    {
      place: 'learn',
      to: 'notification.messages',
      label: () => withUnread('messages'),
      icon: 'message',
      order: 40,
    },
    { place: 'teach', to: 'notification.teach', label: () => withUnread('notices'), icon: 'bell', order: 50 },
    {
      place: 'office',
      to: 'notification.office',
      label: () => withUnread('notices'),
      icon: 'bell',
      order: 5,
    },
  ],
})
