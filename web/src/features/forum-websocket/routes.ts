// The exchange area of a class: a place to talk and to ask for learners, a queue of questions for staff.
import { defineFeature } from '@/shared/feature'
import { commonText } from './messages'

export default defineFeature({
  routes: [
    {
      place: 'learn',
      path: 'class',
      name: 'forum-websocket.home',
      component: () => import('./learn/ClassPage.vue'),
    },
    {
      place: 'learn',
      path: 'ask',
      name: 'forum-websocket.ask',
      component: () => import('./learn/AskPage.vue'),
    },
    {
      place: 'learn',
      path: 'classes/:classId/topics',
      name: 'forum-websocket.topics',
      component: () => import('./learn/TopicsPage.vue'),
    },
    {
      place: 'learn',
      path: 'classes/:classId/topics/new',
      name: 'forum-websocket.new-topic',
      component: () => import('./learn/NewTopicPage.vue'),
    },
    {
      place: 'learn',
      path: 'topics/:topicId',
      name: 'forum-websocket.topic',
      component: () => import('./learn/TopicPage.vue'),
    },
    {
      place: 'learn',
      path: 'classes/:classId/tasks/:taskId/discussion',
      name: 'forum-websocket.task-topic',
      component: () => import('./learn/TaskTopicPage.vue'),
    },
    {
      // The same where only the task is in the path: `?class=` names the class.
      place: 'learn',
      path: 'tasks/:taskId/discussion',
      name: 'forum-websocket.task-discussion',
      component: () => import('./learn/TaskTopicPage.vue'),
    },
    {
      place: 'teach',
      path: 'queue',
      name: 'forum-websocket.queue',
      component: () => import('./teach/QueuePage.vue'),
    },
    {
      place: 'teach',
      path: 'classes/:classId/topics',
      name: 'forum-websocket.teach-topics',
      component: () => import('./teach/TopicsPage.vue'),
    },
    {
      place: 'teach',
      path: 'classes/:classId/topics/new',
      name: 'forum-websocket.teach-new-topic',
      component: () => import('./teach/NewTopicPage.vue'),
    },
    {
      place: 'teach',
      path: 'topics/:topicId',
      name: 'forum-websocket.teach-topic',
      component: () => import('./teach/TopicPage.vue'),
    },
  ],
  nav: [
    {
      place: 'learn',
      to: 'forum-websocket.home',
      label: () => commonText.t('nav.class'),
      icon: 'class',
      order: 20,
    },
    {
      place: 'learn',
      to: 'forum-websocket.ask',
      label: () => commonText.t('nav.ask'),
      icon: 'ask',
      order: 30,
    },
    {
      place: 'teach',
      to: 'forum-websocket.queue',
      label: () => commonText.t('nav.queue'),
      icon: 'queue',
      order: 10,
    },
  ],
})
