export interface paths {
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All public keys, where verifiers look first. */
        get: operations["get_jwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/achievements/{training_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was achieved: the training as it stands in credentials. */
        get: operations["get_achievement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{application_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_application"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{application_id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["decide_application"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{application_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End an admission: the learner themselves, or the training's lead, until the training is over. Every right of the training ends with it. */
        post: operations["end_admission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/applications/{application_id}/recommend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["recommend_application"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attempts/{attempt_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_attempt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attempts/{attempt_id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["save_answers"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attempts/{attempt_id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["submit_attempt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificate-batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The batches of all trainings that the caller leads or watches over, newest first. */
        get: operations["list_certificate_batches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificate-batches/{batch_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_certificate_batch"];
        put?: never;
        post?: never;
        /** Drops a draft; its learners can be proposed again. */
        delete: operations["drop_certificate_batch"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificate-batches/{batch_id}/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves and returns entries of the batch that was read. With the last one decided, the certificates of the approved are issued. */
        post: operations["decide_certificate_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificate-batches/{batch_id}/entries/{entry_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes a learner out of a draft. */
        delete: operations["remove_batch_entry"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificate-batches/{batch_id}/issue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issues what a decided batch still lacks, after the cause of a failure was mended. It decides nothing, so it needs no version. */
        post: operations["issue_certificate_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificate-batches/{batch_id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The lead hands the draft in as they read it. */
        post: operations["submit_certificate_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificate-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The proposals that the caller's offices watch over, newest first. */
        get: operations["list_certificate_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificate-changes/{change_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_certificate_change"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificate-changes/{change_id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Another officer agrees, and it happens: the certificate is revoked, and a corrected one is made. */
        post: operations["confirm_certificate_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificate-changes/{change_id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Another officer does not agree; the certificate stays what it was. */
        post: operations["refuse_certificate_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificate-changes/{change_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who proposed takes the proposal back. */
        post: operations["withdraw_certificate_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificates/{certificate_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_certificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificates/{certificate_id}/credential.jwt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed credential: what a badge wallet takes and what any verifier of Open Badges 3.0 reads. */
        get: operations["get_certificate_credential"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificates/{certificate_id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page to print, with the credential attached. */
        get: operations["get_certificate_pdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificates/{certificate_id}/propose-correction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Proposes to replace a certificate by a corrected one with a new number. It stays valid until another officer confirms. */
        post: operations["propose_correction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/certificates/{certificate_id}/propose-revocation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Proposes to take a certificate back. It stays valid until another officer confirms. */
        post: operations["propose_revocation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_class"];
        /** Give the class a name of its own. */
        put: operations["rename_class"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}/announcements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_announcements"];
        put?: never;
        post: operations["publish_announcement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}/charter": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_charter"];
        /**
         * Settle the text; everybody signs the new version and is told: of the first one every member, of a later one who signed before. Words that
         *     hold already settle nothing anew: the version that comes back is the one that was read.
         */
        put: operations["settle_charter"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}/charter/clauses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Propose a clause. */
        post: operations["propose_charter_clause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}/charter/sign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign the version that was read. It stands in the body, for it is what is signed, and is as strict as `If-Match`: once another version
         *     holds, 409 `charter.other_version` and nothing is signed.
         */
        post: operations["sign_charter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}/charter/texts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The settled texts of a charter, the newest first: all of them for whoever leads or supervises the class, for a learner those that
         *     they signed.
         */
        get: operations["list_charter_texts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}/falling-behind": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_falling_behind"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}/grading-queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_grading_queue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}/matrix": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_class_matrix"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody in the class: staff first. */
        get: operations["list_class_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}/staff-assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let somebody who agreed to lead along lead this class. */
        post: operations["assign_class_staff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}/standings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_class_standings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}/task-lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_class_task_lists"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}/tasks/{task_id}/topic": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** The topic that discusses a task in this class. */
        put: operations["open_task_topic"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}/this-week": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_this_week"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}/topics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_topics"];
        put?: never;
        post: operations["start_topic"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}/unanswered": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Questions of a class that nobody has answered, longest waiting first. When the training is over they stay, and no answer is promised. */
        get: operations["list_unanswered"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}/weeks/{week}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_week"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/credit-entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ledger of the teachers that the caller's offices watch over, newest first. */
        get: operations["list_credit_entries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/first-use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets the password by a one-time link and uses the link up. Sent once more under the same key, it is answered alike. */
        post: operations["use_first_use"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/first-use/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows whose account a one-time link opens. */
        get: operations["get_first_use"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who holds which role over the units within the caller's reach. */
        get: operations["list_grants"];
        put?: never;
        /** Gives a role. Giving it again changes nothing. */
        post: operations["give_grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grants/{grant_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes a role away. The person's next request is without it. */
        delete: operations["take_grant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Opens the live socket. JSON messages, one a frame:
         *     the client says `subscribe` (channel, and `after` and `epoch` when it remembers them), `unsubscribe` (channel) or `ping`;
         *     the server says `recovered` or `resync` (channel, epoch, number), `event` (channel, number, kind, data), `refused`
         *     (channel, code) or `pong`. Closes with 1001 (resume elsewhere), 1008 (not understood), 1013 (try again later), 4401
         *     (signed out) or 4429 (too many messages: at most 120 at once, then five a second).
         */
        get: operations["open_socket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Waits up to 25 seconds for events of a channel. */
        get: operations["poll_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks for a ticket for the live socket. Each call gives a new one. */
        post: operations["issue_ticket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed-in person, the places they may enter, and what is granted to them. */
        get: operations["get_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes the caller's password. All their other sessions end at once; this one goes on.
         * @description Takes no idempotency key, as a digest of passwords would be stored with it. Sent again it says that the current password is wrong.
         */
        post: operations["change_my_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/micro-videos/{micro_video_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["edit_micro_video"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/micro-videos/{micro_video_id}/playback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_playback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/micro-videos/{micro_video_id}/poster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["set_micro_video_poster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/micro-videos/{micro_video_id}/subtitles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["set_micro_video_subtitles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/my/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_my_applications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/my/certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_my_certificates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/my/classes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The published classes that the caller belongs to. */
        get: operations["list_my_classes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/my/credits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_my_credits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/my/staff-invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_my_staff_invitations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/my/standing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_my_standing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed-in person's notices, newest first. */
        get: operations["list_my_notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/read-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Marks all notices as read; again does no harm. */
        post: operations["mark_all_notices_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/unread-count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many notices are unread. */
        get: operations["count_unread_notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/{notice_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Marks a notice as read; again does no harm. */
        post: operations["mark_notice_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org-units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The units below a unit, or found by name, or the top of what the caller oversees. */
        get: operations["list_org_units"];
        put?: never;
        /** Adds a unit below another. */
        post: operations["add_org_unit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/org-units/{org_unit_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One unit. */
        get: operations["get_org_unit"];
        /** Changes a unit's name and code, with `If-Match`. */
        put: operations["change_org_unit"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The people within the caller's reach. */
        get: operations["list_people"];
        put?: never;
        /** Enters a person by hand; many at once come by a roster. */
        post: operations["add_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{person_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One person, with phone and identity number masked. */
        get: operations["get_person"];
        /** Changes what is known of a person, with `If-Match`. */
        put: operations["change_person"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{person_id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Refuses all requests of a person from now on. */
        post: operations["disable_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{person_id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a disabled person sign in again. */
        post: operations["enable_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{person_id}/first-use-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a one-time link by which the person sets a password; earlier links stop working. */
        post: operations["issue_first_use_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{person_id}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything granted to one person, in trainings and classes too. */
        get: operations["list_grants_of_person"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{person_id}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Shows phone and identity number in the clear. Who looked, when and why is on record. */
        post: operations["reveal_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/placements/{placement_id}/effect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a move would do, without making it. */
        get: operations["get_placement_effect"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/placements/{placement_id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move a learner to another class, or let two change places; says what it does to the mix and which rules it breaks. */
        post: operations["move_placement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/posts/{post_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["edit_post"];
        post?: never;
        delete: operations["remove_post"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/certificates/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verifies a credential or a PDF: its signature with our published keys and its fields with the register. Of a PDF it is said whether it is,
         *     byte for byte, the one that was issued (`paper`).
         */
        post: operations["verify_certificate_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/certificates/{serial}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_public_certificate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/trainings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_public_trainings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/public/trainings/{training_id}/notice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_public_notice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_recommendations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reflections/{reflection_id}/hand-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_reflection_hand_ins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reflections/{reflection_id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["save_reflection_review"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reflections/{reflection_id}/review/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["finish_reflection_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reflections/{reflection_id}/work": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_reflection_work"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/resources/{resource_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["remove_resource"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/resources/{resource_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_resource_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster-imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's imports, newest first; the administrator sees all. */
        get: operations["list_roster_imports"];
        put?: never;
        /** Takes a roster in and checks it row by row. Nobody is imported. */
        post: operations["upload_roster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster-imports/{roster_import_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One import. */
        get: operations["get_roster_import"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster-imports/{roster_import_id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Imports the rows, all together. Refused when a row is wrong, unless only the good rows are asked for, and when known people get
         *     another name, phone, unit or role, unless that is confirmed. One roster at a time for each person; one that is refused counts like one
         *     more that is sent.
         */
        post: operations["apply_roster_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster-imports/{roster_import_id}/errors.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The wrong rows as a workbook that can be corrected and uploaded again. */
        get: operations["download_roster_errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster-imports/{roster_import_id}/first-use-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * One-time links for everybody of an applied import who has not signed in yet, as a workbook. Given once; who took it is on
         *     record.
         */
        post: operations["hand_out_first_use_links"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster-imports/{roster_import_id}/hidden-rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Takes the rows that are hidden in the sheet, or leaves them out, and checks the roster once more. */
        put: operations["choose_hidden_rows"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster-imports/{roster_import_id}/new-units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All units that an import would make, those about which somebody has to decide first. */
        get: operations["list_roster_new_units"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster-imports/{roster_import_id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rows of an import with what was found. */
        get: operations["list_roster_rows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster-imports/{roster_import_id}/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says which units the names in a roster mean that look like others, and checks the roster once more. */
        put: operations["choose_roster_units"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roster-template.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The empty roster with Chinese headings, an example and notes. */
        get: operations["download_roster_template"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a new access token to whoever holds the refresh cookie. */
        post: operations["refresh_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs in with phone or account name and password. */
        post: operations["sign_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends this session. It takes an access token whose time is over, and answers alike whatever it was given. */
        post: operations["sign_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-out-everywhere": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends all sessions of the caller, on every device. */
        post: operations["sign_out_everywhere"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff-assignments/{assignment_id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take somebody from a class. */
        post: operations["dismiss_class_staff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff-invitations/{invitation_id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["accept_staff_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff-invitations/{invitation_id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["decline_staff_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff-invitations/{invitation_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End an accepted invitation: the person themselves, or the training's lead. Every right of the training ends with it. */
        post: operations["end_staff_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/staff-invitations/{invitation_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["withdraw_staff_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/submissions/{submission_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_submission"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/submissions/{submission_id}/hand-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_submission_hand_ins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/submissions/{submission_id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["save_submission_review"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/submissions/{submission_id}/review/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["finish_submission_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/task-lists/{list_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_task_list"];
        put: operations["edit_task_list"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/task-lists/{list_id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["claim_task_list"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/task-lists/{list_id}/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["order_tasks"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/task-lists/{list_id}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["set_task_list_state"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/task-lists/{list_id}/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["add_task"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_task"];
        put: operations["edit_task"];
        post?: never;
        delete: operations["delete_task"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}/playbacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["open_playback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["finish_reading"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}/reflection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_reflection"];
        put: operations["save_reflection"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}/reflection/hand-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["hand_in_reflection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was decided about the caller's own work for a task, assignment or reflection. */
        get: operations["list_my_reviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["start_task"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}/submission": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_my_submission"];
        put: operations["save_submission"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}/submission/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["attach_submission_file"];
        delete: operations["remove_submission_file"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}/submission/hand-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["hand_in_submission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_my_test"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}/watch-evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["report_watching"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a task back from the classes that have it; what was done for it is kept. */
        post: operations["withdraw_task"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}/wordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_task_wordings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/test-papers/{paper_id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["start_attempt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topics/{topic_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["read_topic"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topics/{topic_id}/closed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["close_topic"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topics/{topic_id}/pinned": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["pin_topic"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topics/{topic_id}/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["add_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/topics/{topic_id}/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Remembers how far the reader has come; never backwards. */
        put: operations["see_topic"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training-leads/{lead_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends somebody's part as lead, on open sockets too. What they decided stays.
         * @description No version is named: a part changes once, by this, and its id says which part was read.
         */
        post: operations["end_training_lead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_trainings"];
        put?: never;
        post: operations["create_training"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_training"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/admission-summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_admission_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/allocation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The board: classes, who sits in them, who leads them, how well they are mixed. */
        get: operations["get_allocation"];
        put?: never;
        /** Divide the admitted into classes and assign staff; replaces an unpublished draft. */
        post: operations["run_allocation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/allocation/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lock the classes, so that nobody is moved any more. */
        post: operations["lock_allocation"];
        /** Loosen a locked allocation again. */
        delete: operations["unlock_allocation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/allocation/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish the classes and open the training; 422 `allocation.cannot_open` says what is missing. */
        post: operations["publish_allocation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_applications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/applications/admit-next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["admit_next_application"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/applications/decide-many": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["decide_applications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/applications/next-waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_next_waiting"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/board-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_board_settings"];
        put: operations["save_board_settings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/certificate-batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_certificate_batches_of_training"];
        put?: never;
        /** Proposes everybody who passed and is in no batch yet. */
        post: operations["make_certificate_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Computes the results for the last time, by the scheme that was read, and ends the training. One evaluation at a time for each
         *     person.
         */
        post: operations["close_training"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/departed-learners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who sat in a class of the training and left. Why is often illness or family: assistants and experts read it of the classes that they
         *     lead.
         */
        get: operations["list_departed_learners"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/evaluation-scheme": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_evaluation_scheme"];
        put: operations["save_evaluation_scheme"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/evaluation-scheme/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Computes and stores nothing. One evaluation at a time for each person. */
        post: operations["try_evaluation_scheme"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_items"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody who leads or led the training. */
        get: operations["list_training_leads"];
        put?: never;
        /** Names another lead: the provincial office over the training, or an administrator. */
        post: operations["name_training_lead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/micro-videos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_micro_videos"];
        put?: never;
        post: operations["add_micro_video"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/my-application": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_my_application"];
        put: operations["save_my_application"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/my-application/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["submit_my_application"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/my-application/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["withdraw_my_application"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/notice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_notice"];
        put: operations["save_notice"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/notice/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["publish_notice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/opening": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the training can open; rule by rule, with how many people are missing. */
        get: operations["get_opening"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/placements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give an admitted person who has no class a seat in one. */
        post: operations["place_learner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_plan"];
        put: operations["save_plan"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/plan/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["approve_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/plan/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["return_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/plan/submissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_plan_submissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/plan/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["submit_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/resource-files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["add_resource_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_resources"];
        put?: never;
        post: operations["add_resource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_results"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/results/compute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Computes everybody's result. One evaluation at a time for each person. */
        post: operations["compute_results"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/results/{person_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_result"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/rubrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_rubrics"];
        put?: never;
        post: operations["create_rubric"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/staff-invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_staff_invitations"];
        put?: never;
        post: operations["invite_staff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/task-lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_task_lists"];
        put?: never;
        post: operations["create_task_list"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/test-papers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_test_papers"];
        put?: never;
        post: operations["create_test_paper"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/test-papers/{paper_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_test_paper"];
        put: operations["save_test_paper"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/test-papers/{paper_id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["preview_test_paper"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trainings/{training_id}/test-papers/{paper_id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["publish_test_paper"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/blob/{blob_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_blob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credentials/status/{list}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which certificates are revoked: a signed bitstring, the same for everybody, so that asking tells nothing. */
        get: operations["get_status_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/credentials/{serial}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed credential, for somebody who has the certificate's key. */
        get: operations["get_public_credential"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/issuers/{org_unit_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who issues: the profile as it stands in credentials. */
        get: operations["get_issuer_profile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All public keys. */
        get: operations["get_keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One public key as a bare JWK. */
        get: operations["get_key"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The figures above the table. */
        AdmissionSummaryView: {
            /** Format: int32 */
            capacity: number;
            /** Format: int64 */
            drafts: number;
            /** Format: int64 */
            submitted: number;
            /** Format: int64 */
            recommended: number;
            /** Format: int64 */
            admitted: number;
            /** Format: int64 */
            waitlisted: number;
            /** Format: int64 */
            rejected: number;
            /**
             * Format: int64
             * @description Taken back by the applicant.
             */
            withdrawn: number;
            /**
             * Format: int64
             * @description Admitted, and left the training.
             */
            left: number;
            /**
             * Format: int64
             * @description Admitted, and ended by the lead.
             */
            removed: number;
        };
        /** @description Who is next on the waitlist, and why they are admitted now. */
        AdmitNextInput: {
            application_id: components["schemas"]["Id_app"];
            reason: string;
        };
        /** @description The objective, part by part. */
        AllocationCost: {
            /** Format: int64 */
            region: number;
            /** Format: int64 */
            years: number;
            /** Format: int64 */
            title: number;
            /** Format: int64 */
            subject: number;
        };
        /**
         * @description Where an allocation is on its way.
         * @enum {string}
         */
        AllocationState: "draft" | "locked" | "published";
        /** @description The allocation board of a training. */
        AllocationView: {
            training_id: components["schemas"]["Id_trn"];
            /**
             * Format: int64
             * @description Also the `ETag`; the first run sends `If-Match: "v0"`.
             */
            version: number;
            state?: components["schemas"]["AllocationState"] | null;
            /** Format: int32 */
            seed?: number | null;
            /** Format: int32 */
            most_local_percent?: number | null;
            made_at?: components["schemas"]["Timestamp"] | null;
            locked_at?: components["schemas"]["Timestamp"] | null;
            published_at?: components["schemas"]["Timestamp"] | null;
            admitted: number;
            classes: components["schemas"]["BoardClassView"][];
            /** @description Admitted people without a class. */
            unplaced: components["schemas"]["BoardLearnerView"][];
            /** @description Everybody who agreed to lead along. */
            staff: components["schemas"]["BoardStaffView"][];
            /** @description The mix in words. */
            summary: components["schemas"]["ExplainedText"][];
            alphabetical?: components["schemas"]["ExplainedText"] | null;
            objective?: components["schemas"]["ObjectiveView"] | null;
        };
        /** @description Something to tell the class; with a list, the class gets that week. */
        AnnouncementInput: {
            list_id?: components["schemas"]["Id_lst"] | null;
            title: string;
            /** @description Markdown. */
            body: string;
        };
        AnnouncementView: {
            id: components["schemas"]["Id_ann"];
            list_id?: components["schemas"]["Id_lst"] | null;
            /** Format: int32 */
            week?: number | null;
            title: string;
            body_html: string;
            author_name: string;
            published_at: components["schemas"]["Timestamp"];
        };
        /** @description What is chosen for an item. */
        AnswerInput: {
            item_id: components["schemas"]["Id_itm"];
            /** @description Names the page that is open on the device. Of two pages the one that is heard last wins. */
            page?: string;
            /**
             * Format: int64
             * @description Counted upwards by the page for each choice; a lower number never overwrites a higher one of the same page.
             */
            seq: number;
            chosen: string[];
            chosen_at?: components["schemas"]["Timestamp"] | null;
        };
        /** @description The last choice for an item. */
        AnswerView: {
            item_id: components["schemas"]["Id_itm"];
            /**
             * Format: int64
             * @description Counted by the server, upwards with every choice that it took for this attempt.
             */
            version: number;
            chosen: string[];
            arrived_at?: components["schemas"]["Timestamp"] | null;
        };
        /** @description What an applicant filled in; everything may be missing while it is a draft. */
        AnswersBody: {
            /**
             * @description Question key to yes or no.
             * @default {}
             */
            eligibility: {
                [key: string]: boolean;
            };
            /**
             * @description Question key to the place of the choice (0 is the first).
             * @default {}
             */
            willingness: {
                [key: string]: number;
            };
            /**
             * Format: int32
             * @default null
             */
            hours_a_week: number | null;
            /**
             * @description The keys of the clauses that were accepted.
             * @default []
             */
            pledge: string[];
            /** @default  */
            statement: string;
        };
        /** @description Answers as a device sends them, again and again if need be. */
        AnswersInput: {
            answers?: components["schemas"]["AnswerInput"][];
        };
        /** @description Who applies. */
        ApplicantView: {
            id: components["schemas"]["Id_per"];
            name: string;
            org_unit_name?: string | null;
            subject?: string | null;
            professional_title?: string | null;
            /** Format: int64 */
            teaching_since?: number | null;
        };
        /** @description An application with the questions and their answers. */
        ApplicationDetailView: components["schemas"]["ApplicationView"] & {
            answers: components["schemas"]["AnswersBody"];
            eligibility: components["schemas"]["AskedView"][];
            willingness: components["schemas"]["AskedChoiceView"][];
            pledge: components["schemas"]["AskedView"][];
            /** Format: int32 */
            threshold: number;
            steps: components["schemas"]["ApplicationStepView"][];
        };
        /**
         * @description Where an application is on its way.
         * @enum {string}
         */
        ApplicationState: "draft" | "submitted" | "recommended" | "admitted" | "waitlisted" | "rejected" | "withdrawn";
        /** @description One thing that happened to an application, with its reason. */
        ApplicationStepView: {
            kind: components["schemas"]["StepKind"];
            reason: string;
            at: components["schemas"]["Timestamp"];
            handed_in?: components["schemas"]["HandedInView"] | null;
        };
        /** @description An application in a list. */
        ApplicationView: {
            id: components["schemas"]["Id_app"];
            training_id: components["schemas"]["Id_trn"];
            training_title: string;
            person: components["schemas"]["ApplicantView"];
            state: components["schemas"]["ApplicationState"];
            ended?: components["schemas"]["EndedAs"] | null;
            /**
             * Format: int64
             * @description A recommendation or decision names the version that was read.
             */
            version: number;
            /** Format: int64 */
            willingness_score?: number | null;
            /** Format: int64 */
            hours_a_week?: number | null;
            /** @description What the school said, when it has said something. */
            recommended?: boolean | null;
            recommendation_reason?: string | null;
            submitted_at?: components["schemas"]["Timestamp"] | null;
            /**
             * Format: int64
             * @description 1 is next.
             */
            waitlist_place?: number | null;
            /** Format: int64 */
            seat_no?: number | null;
        };
        /** @description A word for the lead, which may be left out. */
        ApprovePlanInput: {
            note?: string;
        };
        /** @description A question with its choices, in order; an answer names a choice by its place (0 is the first). */
        AskedChoiceView: {
            key: string;
            text: string;
            choices: string[];
        };
        /** @description An item as it is asked. What is right is not in it. */
        AskedItemView: {
            id: components["schemas"]["Id_itm"];
            kind: components["schemas"]["ItemKind"];
            stem: string;
            options: components["schemas"]["ItemChoiceBody"][];
            /** Format: int32 */
            points: number;
        };
        /** @description A question or a clause. */
        AskedView: {
            key: string;
            text: string;
        };
        /** @description A person by name. */
        AssessedPersonView: {
            id: components["schemas"]["Id_per"];
            name: string;
        };
        AssignClassStaff: {
            person_id: components["schemas"]["Id_per"];
            role: components["schemas"]["StaffRole"];
        };
        /** @description An attempt in a list. Scores in hundredths of a point. */
        AttemptHeadView: {
            id: components["schemas"]["Id_att"];
            /** Format: int32 */
            number: number;
            started_at: components["schemas"]["Timestamp"];
            deadline: components["schemas"]["Timestamp"];
            submitted_at?: components["schemas"]["Timestamp"] | null;
            /** Format: int32 */
            score?: number | null;
            /** Format: int32 */
            most: number;
        };
        /** @description What a submitted attempt was worth, in hundredths of a point. */
        AttemptResultView: {
            submitted_at: components["schemas"]["Timestamp"];
            /** Format: int32 */
            score: number;
            /** Format: int32 */
            most: number;
            answers_from?: components["schemas"]["Timestamp"] | null;
            items: components["schemas"]["ItemResultView"][];
        };
        /** @description An attempt with its questions, the answers so far, and once it is handed in its result. Before that nothing says what it is worth. */
        AttemptView: {
            id: components["schemas"]["Id_att"];
            paper_id: components["schemas"]["Id_pap"];
            task_id: components["schemas"]["Id_tsk"];
            title: string;
            title_en: string;
            /** Format: int32 */
            number: number;
            /** Format: int32 */
            attempts_allowed: number;
            /**
             * Format: int32
             * @description Absent: as long as the week is open.
             */
            minutes?: number | null;
            started_at: components["schemas"]["Timestamp"];
            /** @description What is chosen from here on does not count. */
            deadline: components["schemas"]["Timestamp"];
            /** @description Until when what was chosen before the deadline may arrive and count, unless it is handed in before. Then it is handed in as it is. */
            arrives_until: components["schemas"]["Timestamp"];
            /** @description The server's clock, for devices whose own is wrong. */
            now: components["schemas"]["Timestamp"];
            items: components["schemas"]["AskedItemView"][];
            answers: components["schemas"]["AnswerView"][];
            /** @description What came too late to count. */
            late_answers: components["schemas"]["LateAnswerView"][];
            result?: components["schemas"]["AttemptResultView"] | null;
        };
        /** @description One learner of a batch. */
        BatchEntryView: {
            id: components["schemas"]["Id_ben"];
            person_id: components["schemas"]["Id_per"];
            unit_name?: string | null;
            printed: components["schemas"]["PrintedFields"];
            /** @description What the name was when the batch was made, where it has been corrected before it was handed in. */
            name_was?: string | null;
            decision: components["schemas"]["EntryDecision"];
            decided_by?: string | null;
            decided_at?: components["schemas"]["Timestamp"] | null;
            /** @description Why it was returned. */
            reason?: string | null;
            /** @description Characters that the certificates' font cannot show; they block handing in. */
            missing_glyphs: string[];
            /** @description Another reason why it cannot be printed. */
            unprintable: boolean;
            certificate?: components["schemas"]["EntryCertificateView"] | null;
            /** @description Those that it replaces, the latest first: none where nothing was corrected. */
            earlier: components["schemas"]["EarlierCertificateView"][];
        };
        /** @enum {string} */
        BatchState: "draft" | "submitted" | "decided" | "issued";
        BehindLearnerView: {
            person_id: components["schemas"]["Id_per"];
            name: string;
            org_unit_name?: string | null;
            reasons: components["schemas"]["BehindReason"][];
        };
        /** @description Why somebody needs a word. */
        BehindReason: {
            /** Format: int32 */
            week: number;
            /** Format: int64 */
            left: number;
            /** @enum {string} */
            kind: "missed";
        } | {
            /** Format: int32 */
            week: number;
            /** Format: int64 */
            left: number;
            /** @enum {string} */
            kind: "overdue";
        } | {
            /** Format: int32 */
            week: number;
            /** @enum {string} */
            kind: "not_claimed";
        } | {
            /** Format: int32 */
            week: number;
            /** Format: int64 */
            left: number;
            /** @enum {string} */
            kind: "slow";
        } | {
            /** Format: int32 */
            week: number;
            /** Format: int64 */
            works: number;
            /** @enum {string} */
            kind: "returned";
        } | {
            /** Format: int32 */
            week: number;
            /** Format: int64 */
            tests: number;
            /** @enum {string} */
            kind: "below_minimum";
        };
        BoardClassView: {
            id: components["schemas"]["Id_cls"];
            /** Format: int32 */
            number: number;
            name: string;
            counties: number;
            veterans: number;
            learners: components["schemas"]["BoardLearnerView"][];
            leaders: components["schemas"]["BoardLeaderView"][];
            /** @description The roles in which nobody leads the class. */
            without: components["schemas"]["StaffRole"][];
            /** @description Who was taken away since the classes were published, the latest first. */
            dismissed: components["schemas"]["BoardDismissalView"][];
        };
        /** @description Somebody who led the class until they were taken away. */
        BoardDismissalView: {
            name: string;
            role: components["schemas"]["StaffRole"];
            dismissed_by: string;
            dismissed_at: components["schemas"]["Timestamp"];
            /** @description The person reads it too. */
            reason: string;
        };
        BoardLeaderView: {
            assignment_id: components["schemas"]["Id_sta"];
            person_id: components["schemas"]["Id_per"];
            name: string;
            role: components["schemas"]["StaffRole"];
        };
        BoardLearnerView: {
            person_id: components["schemas"]["Id_per"];
            placement_id?: components["schemas"]["Id_plc"] | null;
            name: string;
            org_unit_name?: string | null;
            county?: string | null;
            subject?: string | null;
            professional_title?: string | null;
            /**
             * Format: int32
             * @description Whole years of teaching when the training starts.
             */
            years?: number | null;
            is_admitted: boolean;
        };
        BoardSettings: {
            /**
             * Format: int32
             * @description Days after a week's end in which late work is taken, with a mark.
             */
            grace_days: number;
            /**
             * Format: int32
             * @description Days that a learner has for work that was sent back, until the end of the last of them.
             */
            revision_days: number;
        };
        BoardStaffView: {
            person_id: components["schemas"]["Id_per"];
            name: string;
            role: components["schemas"]["StaffRole"];
            org_unit_name?: string | null;
            county?: string | null;
            subject?: string | null;
            /** @description From a county that learners of the training come from. */
            is_local: boolean;
            /** @description How many classes they lead now, and at most. */
            leads: number;
            most_classes: number;
        };
        /**
         * @description What a move may break. Only a class beyond its seats is refused; the rest is the lead's judgement.
         * @enum {string}
         */
        BrokenRule: "class_full" | "least_size" | "uneven_sizes" | "alone" | "no_veteran";
        BrokenRuleView: {
            rule: components["schemas"]["BrokenRule"];
            text: components["schemas"]["ExplainedText"];
        };
        /** @description What something costs, in fen. */
        BudgetLineBody: {
            title: string;
            /** Format: int64 */
            fen: number;
        };
        /** @description A whole batch. */
        CertificateBatchDetail: {
            batch: components["schemas"]["CertificateBatchView"];
            entries: components["schemas"]["BatchEntryView"][];
            /** @description Whether the caller handed it in, and so must leave the decision to somebody else. */
            submitted_by_you: boolean;
            deciders?: components["schemas"]["DecidersView"] | null;
        };
        /** @description A batch in a list. */
        CertificateBatchView: {
            id: components["schemas"]["Id_bat"];
            training_id: components["schemas"]["Id_trn"];
            training_title: string;
            state: components["schemas"]["BatchState"];
            created_by: string;
            created_at: components["schemas"]["Timestamp"];
            submitted_by?: string | null;
            submitted_at?: components["schemas"]["Timestamp"] | null;
            decided_at?: components["schemas"]["Timestamp"] | null;
            issued_at?: components["schemas"]["Timestamp"] | null;
            /** Format: int64 */
            entries: number;
            /** Format: int64 */
            approved: number;
            /** Format: int64 */
            returned: number;
            /**
             * Format: int64
             * @description How many of the approved have their certificate.
             */
            issued: number;
            /**
             * Format: int64
             * @description How many certificates, new or corrected ones, are not signed and printed yet.
             */
            unfinished: number;
            /**
             * Format: int64
             * @description To be sent as `If-Match` with handing in and with a decision.
             */
            version: number;
        };
        /** @description A proposed change to a certificate. */
        CertificateChangeView: {
            id: components["schemas"]["Id_cch"];
            certificate_id: components["schemas"]["Id_crt"];
            batch_id: components["schemas"]["Id_bat"];
            training_id: components["schemas"]["Id_trn"];
            serial: string;
            kind: components["schemas"]["ChangeKind"];
            cause?: components["schemas"]["RevokeCause"] | null;
            /** @description Shown to everybody who verifies once it is confirmed. */
            reason: string;
            before: components["schemas"]["PrintedFields"];
            after?: components["schemas"]["PrintedFields"] | null;
            state: components["schemas"]["ChangeState"];
            proposed_by: string;
            proposed_at: components["schemas"]["Timestamp"];
            /** @description Whether the caller proposed it, and so must leave the decision to somebody else. */
            proposed_by_you: boolean;
            /** @description Whether it is the caller's own certificate. */
            about_you: boolean;
            decided_by?: string | null;
            decided_at?: components["schemas"]["Timestamp"] | null;
            /** @description Why it was refused. */
            refusal?: string | null;
            deciders?: components["schemas"]["DecidersView"] | null;
            /**
             * Format: int64
             * @description To be sent as `If-Match` with a decision.
             */
            version: number;
        };
        /**
         * @description How well the learner did.
         * @enum {string}
         */
        CertificateGrade: "pass" | "good" | "excellent";
        /**
         * @description Whether a certificate is valid.
         * @enum {string}
         */
        CertificateStatus: "preparing" | "valid" | "revoked";
        /** @description A credential (JWT) or a certificate's PDF as the part `file` of a form. */
        CertificateUpload: {
            /** Format: binary */
            file: string;
        };
        /** @description A certificate for its holder and for the office. */
        CertificateView: {
            id: components["schemas"]["Id_crt"];
            training_id: components["schemas"]["Id_trn"];
            person_id: components["schemas"]["Id_per"];
            serial: string;
            status: components["schemas"]["CertificateStatus"];
            printed: components["schemas"]["PrintedFields"];
            issued_on: components["schemas"]["Date"];
            issued_at: components["schemas"]["Timestamp"];
            /** @description The page where anybody can check it; this is what the QR code holds. */
            verify_url: string;
            revocation?: components["schemas"]["RevocationView"] | null;
        };
        /**
         * @description What is to become of the certificate.
         * @enum {string}
         */
        ChangeKind: "revoke" | "correct";
        /** @enum {string} */
        ChangeState: "open" | "confirmed" | "refused" | "withdrawn";
        Channel: string;
        /** @description A clause that a member proposed. */
        CharterClauseView: {
            id: components["schemas"]["Id_chc"];
            body: string;
            person_id: components["schemas"]["Id_per"];
            name: string;
            proposed_at: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description The version that took it up.
             */
            taken_in_version?: number | null;
        };
        CharterSignatureView: {
            person_id: components["schemas"]["Id_per"];
            name: string;
            signed_at: components["schemas"]["Timestamp"];
        };
        CharterSignedView: {
            /** Format: int64 */
            version: number;
            signed_at: components["schemas"]["Timestamp"];
        };
        /** @description How far a class's charter is, and whether the reader signed it. */
        CharterStandView: {
            /**
             * Format: int64
             * @description 0 until it is settled for the first time.
             */
            version: number;
            is_settled: boolean;
            /** Format: int32 */
            signatures: number;
            my_signature_at?: components["schemas"]["Timestamp"] | null;
        };
        /** @description A settled text, which never changes. */
        CharterTextView: {
            /** Format: int64 */
            version: number;
            /** @description Byte for byte as it was settled, as are the clauses. */
            vision: string;
            clauses: string[];
            settled_by: components["schemas"]["Id_per"];
            settled_by_name: string;
            settled_at: components["schemas"]["Timestamp"];
            /** @description Who signed this very text. */
            signatures: components["schemas"]["CharterSignatureView"][];
            my_signature_at?: components["schemas"]["Timestamp"] | null;
        };
        CharterView: {
            class_id: components["schemas"]["Id_cls"];
            /**
             * Format: int64
             * @description 0 until it is settled for the first time.
             */
            version: number;
            vision: string;
            clauses: string[];
            settled_at?: components["schemas"]["Timestamp"] | null;
            proposals: components["schemas"]["CharterClauseView"][];
            /** @description Of the class's members; each of them signs again when it is settled anew. */
            signatures: components["schemas"]["CharterSignatureView"][];
            my_signature_at?: components["schemas"]["Timestamp"] | null;
            /** @description Whether the reader may settle the text, and whether they may sign it now. */
            may_settle: boolean;
            may_sign: boolean;
        };
        ChoiceBody: {
            text: string;
            /** Format: int32 */
            score: number;
        };
        /** @description Which week was claimed. */
        ClaimView: {
            list_id: components["schemas"]["Id_lst"];
            class_id: components["schemas"]["Id_cls"];
            /** Format: int32 */
            week: number;
        };
        /** @description A week of a class: a row a learner, a cell a task. */
        ClassMatrixView: {
            /** Format: int32 */
            week: number;
            /** Format: int32 */
            weeks: number;
            time_zone: string;
            closes_at: components["schemas"]["Timestamp"];
            /** @description Empty until the week's list is published to the class. */
            tasks: components["schemas"]["MatrixTaskView"][];
            learners: components["schemas"]["MatrixLearnerView"][];
        };
        ClassMemberView: {
            person_id: components["schemas"]["Id_per"];
            name: string;
            role: components["schemas"]["Role"];
            org_unit_name?: string | null;
            county?: string | null;
            subject?: string | null;
            professional_title?: string | null;
            /**
             * Format: int32
             * @description Whole years of teaching when the training starts.
             */
            years?: number | null;
            charter_signed_at?: components["schemas"]["Timestamp"] | null;
        };
        ClassMembersView: {
            items: components["schemas"]["ClassMemberView"][];
        };
        /** @description A list of the training, and whether this class has it. */
        ClassTaskListView: components["schemas"]["TaskListInShortView"] & {
            published_at?: components["schemas"]["Timestamp"] | null;
        };
        ClassTaskListsView: {
            items: components["schemas"]["ClassTaskListView"][];
        };
        /** @description A class. */
        ClassView: {
            id: components["schemas"]["Id_cls"];
            /**
             * Format: int64
             * @description For `If-Match` when it is renamed.
             */
            version: number;
            training_id: components["schemas"]["Id_trn"];
            training_title: string;
            /** @description May be empty. */
            training_title_en: string;
            training_state: string;
            time_zone: string;
            /** Format: int32 */
            number: number;
            name: string;
            is_published: boolean;
            /** Format: int32 */
            learners: number;
            /** @description As what the reader belongs to it. */
            my_role: components["schemas"]["Role"];
            charter: components["schemas"]["CharterStandView"];
        };
        ClauseProposedView: {
            id: components["schemas"]["Id_chc"];
        };
        CloseBody: {
            closed: boolean;
        };
        /** @description Whether to end the training although work waits for its review, which then counts nothing. */
        CloseTrainingInput: {
            confirm?: boolean;
        };
        /** @description One component with its weight, and the minimum below which nobody passes. */
        ComponentBody: {
            kind: components["schemas"]["ComponentKind"];
            /** Format: int32 */
            weight: number;
            /** Format: int32 */
            minimum?: number | null;
        };
        /**
         * @description What a component counts.
         * @enum {string}
         */
        ComponentKind: "watch" | "tests" | "assignments" | "reflections" | "discussion" | "tasks";
        /** @description One component. Scores are hundredths of a percent. */
        ComponentScoreView: {
            kind: components["schemas"]["ComponentKind"];
            /** Format: int32 */
            weight: number;
            /** Format: int32 */
            minimum?: number | null;
            /**
             * Format: int32
             * @description Absent while nothing counts yet.
             */
            score?: number | null;
            missed: boolean;
            /** @description What it is made of; empty in lists. */
            evidence: components["schemas"]["EvidenceView"][];
        };
        /** @description Whether to compute although the training is under way or work waits for its review. */
        ComputeResultsInput: {
            confirm?: boolean;
        };
        /** @description What a computation found. */
        ComputedView: {
            learners: number;
            passed: number;
            /** @description Results that are new or other than before. */
            changed: number;
        };
        /** @description One subject of the training, and the weeks that it takes. */
        ContentLineBody: {
            title: string;
            body?: string;
            /** Format: int32 */
            first_week: number;
            /** Format: int32 */
            last_week: number;
        };
        /** @description What was printed wrong; what is absent stays. */
        CorrectionInput: {
            learner_name?: string | null;
            training_title?: string | null;
            starts_on?: components["schemas"]["Date"] | null;
            ends_on?: components["schemas"]["Date"] | null;
            /**
             * Format: int32
             * @description Within the bounds of a scheme, like the credits.
             */
            hours?: number | null;
            /** @description A decimal with at most one digit after the point, such as `6.5`; 0.1 to 360. */
            credits?: string | null;
            grade?: components["schemas"]["CertificateGrade"] | null;
            assessed_by?: string | null;
            issuer_name?: string | null;
            /** @description Shown to everybody who verifies the old certificate once it is replaced. */
            reason: string;
        };
        /**
         * @description What a correction did to a task.
         * @enum {string}
         */
        CorrectionKind: "added" | "changed" | "withdrawn";
        /** @description What was corrected in a task that classes have. */
        CorrectionView: {
            made_as: components["schemas"]["CorrectionKind"];
            note: string;
            made_at: components["schemas"]["Timestamp"];
        };
        /** @enum {string} */
        CreditEntryKind: "earned" | "raised" | "lowered" | "taken_back";
        /** @description One line of the ledger, with name, title and number of the certificate that stands now. */
        CreditEntryView: {
            id: components["schemas"]["Id_crd"];
            person_id: components["schemas"]["Id_per"];
            learner_name: string;
            unit_name?: string | null;
            training_id: components["schemas"]["Id_trn"];
            training_title: string;
            serial: string;
            /** @description The number of the certificate that the line was entered for, where a corrected one stands in its place now. */
            entered_for?: string | null;
            batch_id?: components["schemas"]["Id_bat"] | null;
            kind: components["schemas"]["CreditEntryKind"];
            /** @description A decimal with at most one digit after the point. */
            credits: string;
            entered_on: components["schemas"]["Date"];
        };
        /** @description One thing that is looked at. */
        CriterionBody: {
            key: string;
            title: string;
            levels: components["schemas"]["LevelBody"][];
        };
        /** Format: date */
        Date: string;
        /** @description What the office says about entries of a batch. */
        DecideBatchInput: {
            entries: components["schemas"]["EntryDecisionInput"][];
        };
        /** @description A decision; the applicant reads the reason. */
        DecideInput: {
            decision: components["schemas"]["Decision"];
            reason: string;
            /** @description Admit although others have waited longer; the reason says why, and stays in the history of the application. */
            ahead_of_waitlist?: boolean;
        };
        /** @description One decision on many applications, each as it was read. */
        DecideManyInput: {
            applications: components["schemas"]["ReadApplication"][];
            decision: components["schemas"]["Decision"];
            reason: string;
        };
        /** @description What each of many decisions made of its application, or why it made nothing. */
        DecidedManyView: {
            items: components["schemas"]["DecidedRowView"][];
        };
        DecidedRowView: {
            application_id: components["schemas"]["Id_app"];
            state?: components["schemas"]["ApplicationState"] | null;
            /** Format: int32 */
            seat_no?: number | null;
            problem?: components["schemas"]["DecisionProblemView"] | null;
        };
        /** @description What a decision made of an application. */
        DecidedView: {
            application_id: components["schemas"]["Id_app"];
            state: components["schemas"]["ApplicationState"];
            /** Format: int32 */
            seat_no?: number | null;
        };
        /** @description The officers over the training who may decide. When there are none, a second one has to be appointed: nobody stands in. */
        DecidersView: {
            names: string[];
            /** @description Whether the caller is one of them. */
            includes_you: boolean;
        };
        /**
         * @description What the lead decides.
         * @enum {string}
         */
        Decision: "admit" | "waitlist" | "reject";
        /** @description Why an application could not be decided like this. */
        DecisionProblemView: {
            code: string;
            title: string;
        };
        /** @enum {string} */
        DecisionWord: "approve" | "return";
        /** @description Why not; it may be left out. */
        DeclineInput: {
            reason?: string;
        };
        /** @description Somebody who learned in a class until they left or the lead ended it. */
        DepartedLearnerView: {
            person_id: components["schemas"]["Id_per"];
            name: string;
            org_unit_name?: string | null;
            class_id: components["schemas"]["Id_cls"];
            class_name: string;
            /** @description By themselves; otherwise the lead ended it. */
            by_themselves: boolean;
            ended_by_name: string;
            reason: string;
            left_at: components["schemas"]["Timestamp"];
        };
        /** @description Why; the person and the leads read it. */
        DismissClassStaff: {
            reason: string;
        };
        /** @description A certificate that a corrected one has replaced. */
        EarlierCertificateView: {
            id: components["schemas"]["Id_crt"];
            serial: string;
            /** @description False for one that was corrected before it was signed: it has no file. */
            is_issued: boolean;
            change_id?: components["schemas"]["Id_cch"] | null;
        };
        EditPostBody: {
            body: string;
        };
        /** @description A yes-or-no question with the answer that lets one in. */
        EligibilityQuestionBody: {
            key: string;
            text: string;
            expected: boolean;
        };
        /** @description Why; the learner, the lead and the class's staff read it. */
        EndLearner: {
            reason: string;
        };
        /** @description Why; the person and the lead read it. */
        EndStaff: {
            reason: string;
        };
        /** @description Why somebody no longer leads, and who does in their place. */
        EndTrainingLead: {
            /** @description They read it. */
            reason: string;
            next_person_id?: components["schemas"]["Id_per"] | null;
        };
        /**
         * @description How an application came to be withdrawn; the words are those of the step that did it.
         * @enum {string}
         */
        EndedAs: "withdrawn" | "left" | "removed";
        EntryCertificateView: {
            id: components["schemas"]["Id_crt"];
            serial: string;
            is_issued: boolean;
            issued_on: components["schemas"]["Date"];
            revoked_at?: components["schemas"]["Timestamp"] | null;
            open_change_id?: components["schemas"]["Id_cch"] | null;
        };
        /** @enum {string} */
        EntryDecision: "open" | "approved" | "returned";
        EntryDecisionInput: {
            entry_id: components["schemas"]["Id_ben"];
            decision: components["schemas"]["DecisionWord"];
            /** @description Needed when an entry is returned; the lead reads it. */
            reason?: string;
        };
        /** @description How a training is evaluated. Weights and marks are percents; all weights add up to 100. */
        EvaluationSchemeBody: {
            components: components["schemas"]["ComponentBody"][];
            /** Format: int32 */
            pass_from: number;
            /** Format: int32 */
            good_from: number;
            /** Format: int32 */
            excellent_from: number;
            /**
             * Format: int32
             * @description Tenths of a credit that passing earns.
             */
            credits_tenths: number;
            /**
             * Format: int32
             * @description Class hours that passing earns.
             */
            hours: number;
            /**
             * Format: int32
             * @description What a task done late is worth.
             */
            late_percent: number;
            /**
             * Format: int32
             * @description How many posts in a discussion are worth all of it.
             */
            posts_wanted: number;
        };
        /** @description A scheme as it stands. */
        EvaluationSchemeView: {
            /**
             * Format: int64
             * @description Also the `ETag`; 0 is the default, which nobody has saved.
             */
            version: number;
            evaluated_at?: components["schemas"]["Timestamp"] | null;
            scheme: components["schemas"]["EvaluationSchemeBody"];
        };
        /** @description One event, as on the socket. */
        EventView: {
            /** @description Always `event`. */
            type: string;
            channel: components["schemas"]["Channel"];
            /** Format: int64 */
            number: number;
            kind: string;
            data: Record<string, never>;
        };
        EventsView: {
            outcome: components["schemas"]["Outcome"];
            channel: components["schemas"]["Channel"];
            epoch: string;
            /** Format: int64 */
            number: number;
            events: components["schemas"]["EventView"][];
        };
        /** @description What one task gave, and the records that say so. */
        EvidenceView: {
            task?: components["schemas"]["TaskTitleView"] | null;
            /**
             * Format: int32
             * @description Hundredths of a percent.
             */
            score: number;
            records: components["schemas"]["RecordView"][];
        };
        /** @description A sentence in both languages. */
        ExplainedText: {
            zh: string;
            en: string;
        };
        /** @description Those who need a word, most reasons first. */
        FallingBehindView: {
            items: components["schemas"]["BehindLearnerView"][];
        };
        /** @description Where a file opens, for a while. */
        FileAddressView: {
            url: string;
        };
        /** @description One file. */
        FileForm: {
            /** Format: binary */
            file: string;
        };
        /** @description A decision about a work. */
        FinishReviewInput: {
            decision: components["schemas"]["ReviewDecision"];
            /**
             * Format: int64
             * @description The number of the handing in that was read.
             */
            hand_in: number;
            /**
             * Format: int64
             * @description The version of the own draft that the reviewer saw.
             */
            based_on: number;
            levels?: {
                [key: string]: string;
            };
            comment?: string;
        };
        /** @description The link's token and the password that its person chose. */
        FirstUse: {
            token: string;
            /**
             * Format: password
             * @description 10 to 128 characters; what is tried first and what others know of the person is refused.
             */
            password: string;
        };
        /** @description A one-time link to hand out; it is shown this once. */
        FirstUseLinkView: {
            link: string;
            expires_at: components["schemas"]["Timestamp"];
        };
        /** @description Whose account a link opens. */
        FirstUseView: {
            name: string;
            account_name: string;
        };
        /** @enum {string} */
        Gender: "female" | "male";
        /** @description What was corrected in the goal of a list that classes have. */
        GoalCorrectionView: {
            note: string;
            made_at: components["schemas"]["Timestamp"];
        };
        /**
         * @description The outcome in a word.
         * @enum {string}
         */
        Grade: "fail" | "pass" | "good" | "excellent";
        GrantView: {
            id: components["schemas"]["Id_grt"];
            person_id: components["schemas"]["Id_per"];
            person_name: string;
            role: components["schemas"]["Role"];
            scope_kind: components["schemas"]["ScopeKind"];
            scope_id: string | null;
            scope_name: string | null;
            given_at: components["schemas"]["Timestamp"];
        };
        GrantsOfPersonView: {
            items: components["schemas"]["GrantView"][];
        };
        /** @description What is handed in: these words, and the files that the learner sees beside them. */
        HandInInput: {
            text: string;
            /**
             * Format: int64
             * @description The version that the writer saw (0: nothing was saved): another device's newer words are not overwritten.
             */
            based_on: number;
            /** @description The ids of the files: where others are attached by now, nothing is handed in. */
            files: components["schemas"]["Id_blb"][];
        };
        /** @description One handing in. */
        HandInView: {
            /** Format: int64 */
            number: number;
            handed_in_at: components["schemas"]["Timestamp"];
            /** @description Plain text, byte for byte as it was handed in. */
            body: string;
            file?: components["schemas"]["WorkFileView"] | null;
            /**
             * Format: int64
             * @description Which wording of the task it was written for.
             */
            wording: number;
            /** @description What was decided about this very handing in. */
            reviews: components["schemas"]["ReviewView"][];
        };
        HandOut: {
            /** @description Make new links although a list was handed out; the links of that list stop working. */
            again?: boolean;
        };
        /** @description What a handing in said, and what was asked. */
        HandedInView: {
            answers: components["schemas"]["AnswersBody"];
            /** Format: int32 */
            willingness_score: number;
            eligibility: components["schemas"]["AskedView"][];
            willingness: components["schemas"]["AskedChoiceView"][];
            pledge: components["schemas"]["AskedView"][];
        };
        HiddenRows: {
            /** @description Import the rows that are hidden in the sheet too. */
            taken: boolean;
        };
        Id_ann: string;
        Id_app: string;
        Id_att: string;
        Id_bat: string;
        Id_ben: string;
        Id_blb: string;
        Id_cch: string;
        Id_chc: string;
        Id_cls: string;
        Id_crd: string;
        Id_crt: string;
        Id_grt: string;
        Id_imp: string;
        Id_inv: string;
        Id_itm: string;
        Id_lst: string;
        Id_ntc: string;
        Id_org: string;
        Id_pap: string;
        Id_per: string;
        Id_plb: string;
        Id_plc: string;
        Id_pst: string;
        Id_ref: string;
        Id_res: string;
        Id_rev: string;
        Id_rub: string;
        Id_sta: string;
        Id_sub: string;
        Id_tld: string;
        Id_top: string;
        Id_trn: string;
        Id_tsk: string;
        Id_vid: string;
        /** @enum {string} */
        InvitationState: "invited" | "accepted" | "declined" | "withdrawn" | "ended";
        /** @description An item as an expert writes it. */
        ItemBody: {
            id?: components["schemas"]["Id_itm"] | null;
            /**
             * Format: int64
             * @description The version that the writer saw: a newer one in the bank is never replaced by an older.
             */
            version?: number;
            kind: components["schemas"]["ItemKind"];
            stem: string;
            options: components["schemas"]["ItemChoiceBody"][];
            /** @description Keys of the right options. */
            right: string[];
            /** @description Shown after the test. */
            explanation?: string;
            /** Format: int32 */
            points: number;
        };
        /** @description Something that may be chosen. */
        ItemChoiceBody: {
            key: string;
            text: string;
        };
        /**
         * @description How an item is answered.
         * @enum {string}
         */
        ItemKind: "single" | "multiple" | "true_false";
        /** @description What one item earned; `right` and `explanation` only when they may be seen. */
        ItemResultView: {
            item_id: components["schemas"]["Id_itm"];
            /** Format: int32 */
            score: number;
            /** Format: int32 */
            most: number;
            right?: string[] | null;
            explanation?: string | null;
        };
        /** @description A choice that came too late to count. */
        LateAnswerView: {
            item_id: components["schemas"]["Id_itm"];
            why: components["schemas"]["WhyLate"];
            chosen: string[];
            chosen_at?: components["schemas"]["Timestamp"] | null;
            arrived_at: components["schemas"]["Timestamp"];
        };
        LearnerEndedView: {
            application_id: components["schemas"]["Id_app"];
            class_id?: components["schemas"]["Id_cls"] | null;
        };
        /** @description A learner's line in a class's standings. */
        LearnerStandingView: {
            learner: components["schemas"]["AssessedPersonView"];
            /** Format: int32 */
            total: number;
            grade: components["schemas"]["Grade"];
            missed: components["schemas"]["ComponentKind"][];
            components: components["schemas"]["ComponentScoreView"][];
        };
        /** @enum {string} */
        Level: "province" | "city" | "county" | "central_school" | "teaching_point";
        /** @description How well it may be done. */
        LevelBody: {
            key: string;
            title: string;
            /** Format: int32 */
            points: number;
        };
        /**
         * @description Whether assistants may publish a list to their class.
         * @enum {string}
         */
        ListState: "draft" | "ready";
        /** @description A topic in a list, with how many posts of others the reader has not read; one that was removed is nothing to read. */
        ListedTopicView: components["schemas"]["TopicView"] & {
            /** Format: int64 */
            unread: number;
        };
        /** @description Lock the allocation: nobody is moved any more. */
        LockAllocation: Record<string, never>;
        MatrixCellView: {
            state: components["schemas"]["TaskState"];
            is_late: boolean;
            done_at?: components["schemas"]["Timestamp"] | null;
            /** Format: int64 */
            credited_seconds: number;
            test?: components["schemas"]["TestResultView"] | null;
        };
        MatrixLearnerView: {
            person_id: components["schemas"]["Id_per"];
            name: string;
            org_unit_name?: string | null;
            is_signed: boolean;
            claimed_at?: components["schemas"]["Timestamp"] | null;
            left_at?: components["schemas"]["Timestamp"] | null;
            done: number;
            /** @description In the order of the tasks. */
            cells: components["schemas"]["MatrixCellView"][];
        };
        MatrixTaskView: {
            id: components["schemas"]["Id_tsk"];
            kind?: components["schemas"]["TaskKind"] | null;
            title: string;
            required: boolean;
        };
        MePersonView: {
            id: components["schemas"]["Id_per"];
            name: string;
            account_name: string;
            phone_masked: string | null;
            org_unit: components["schemas"]["NamedUnitView"] | null;
        };
        /** @description The signed-in person, the places they may enter, and what is granted to them. */
        MeView: {
            person: components["schemas"]["MePersonView"];
            places: components["schemas"]["Place"][];
            grants: components["schemas"]["MyGrantView"][];
        };
        /** @description What can be changed of a micro-video. */
        MicroVideoBody: {
            title: string;
            /** @description Withdrawn ones cannot be chosen for tasks; tasks that name them keep playing them. */
            is_withdrawn: boolean;
        };
        /** @description A micro-video on its way in. */
        MicroVideoForm: {
            title: string;
            /**
             * Format: binary
             * @description An MP4 of at most 200 MB and 15 minutes.
             */
            file: string;
        };
        /** @description A micro-video of a training. */
        MicroVideoView: {
            id: components["schemas"]["Id_vid"];
            title: string;
            /** Format: int64 */
            seconds: number;
            /** Format: int64 */
            bytes: number;
            /** Format: int64 */
            width: number;
            /** Format: int64 */
            height: number;
            has_poster: boolean;
            has_subtitles: boolean;
            is_withdrawn: boolean;
            /**
             * Format: int64
             * @description For `If-Match`.
             */
            version: number;
            uploaded_at: components["schemas"]["Timestamp"];
        };
        /** @description What a move does. */
        MoveEffectView: {
            before: components["schemas"]["AllocationCost"];
            after: components["schemas"]["AllocationCost"];
            /**
             * Format: int64
             * @description Below zero is better.
             */
            change: number;
            texts: components["schemas"]["ExplainedText"][];
            broken_rules: components["schemas"]["BrokenRuleView"][];
        };
        MovePlacement: {
            /** @description The class to go to. */
            class_id: components["schemas"]["Id_cls"];
            exchange_with?: components["schemas"]["Id_plc"] | null;
        };
        /**
         * @description What a partly right answer to a multiple-choice item is worth.
         * @enum {string}
         */
        MultipleRule: "all_or_nothing" | "partial";
        /** @description My application as it stands. Before the first save there is none: version 0, state draft, empty answers. */
        MyApplicationView: {
            application_id?: components["schemas"]["Id_app"] | null;
            training_id: components["schemas"]["Id_trn"];
            training_title: string;
            starts_on: components["schemas"]["Date"];
            ends_on: components["schemas"]["Date"];
            time_zone: string;
            /** @description Before it runs an admission is withdrawn, while it runs it is ended. */
            training_state: components["schemas"]["TrainingState"];
            state: components["schemas"]["ApplicationState"];
            /**
             * Format: int64
             * @description Also the `ETag`.
             */
            version: number;
            answers: components["schemas"]["AnswersBody"];
            /** Format: int64 */
            willingness_score?: number | null;
            recommended?: boolean | null;
            submitted_at?: components["schemas"]["Timestamp"] | null;
            updated_at?: components["schemas"]["Timestamp"] | null;
            /**
             * Format: int64
             * @description Where I stand on the waitlist; 1 is next.
             */
            waitlist_place?: number | null;
            /** Format: int64 */
            seat_no?: number | null;
            /** @description What happened so far, with every reason. */
            steps: components["schemas"]["ApplicationStepView"][];
            /** @description Other trainings of mine in the same weeks: only one of them can admit me. */
            overlaps: components["schemas"]["OverlapView"][];
        };
        MyCertificates: {
            items: components["schemas"]["CertificateView"][];
        };
        /** @description One of my classes. */
        MyClassView: {
            class_id: components["schemas"]["Id_cls"];
            /** Format: int32 */
            number: number;
            name: string;
            training_id: components["schemas"]["Id_trn"];
            training_title: string;
            training_title_en: string;
            training_state: string;
            my_role: components["schemas"]["Role"];
            charter_is_settled: boolean;
            charter_signed_at?: components["schemas"]["Timestamp"] | null;
        };
        MyClassesView: {
            items: components["schemas"]["MyClassView"][];
        };
        /** @description Where a teacher stands. */
        MyCreditsView: {
            /** @description What counts today: earned in the last five years and not taken back. */
            counted: string;
            /** @description The target of five years. */
            target: string;
            missing: string;
            entries: components["schemas"]["CreditEntryView"][];
        };
        MyGrantView: {
            id: components["schemas"]["Id_grt"];
            role: components["schemas"]["Role"];
            scope_kind: components["schemas"]["ScopeKind"];
            /** @description Absent for the system as a whole. */
            scope_id: string | null;
            /** @description The unit's name; trainings and classes are named by their own areas. */
            scope_name: string | null;
        };
        /** @description An invitation to oneself, with what one needs of the plan to answer it. */
        MyStaffInvitationView: {
            id: components["schemas"]["Id_inv"];
            training_id: components["schemas"]["Id_trn"];
            title: string;
            starts_on: components["schemas"]["Date"];
            ends_on: components["schemas"]["Date"];
            /** Format: int32 */
            weeks: number;
            time_zone: string;
            purpose: string;
            target_group: string;
            subjects: string[];
            role: components["schemas"]["StaffRole"];
            message: string;
            state: components["schemas"]["InvitationState"];
            invited_by_name?: string | null;
            invited_at: components["schemas"]["Timestamp"];
            answered_at?: components["schemas"]["Timestamp"] | null;
            /**
             * Format: int64
             * @description Answers to it name this version in `If-Match`.
             */
            version: number;
            ended_at?: components["schemas"]["Timestamp"] | null;
            ended_by_name?: string | null;
            end_reason?: string | null;
        };
        /** @description An assignment with what the learner wrote for it. */
        MySubmissionView: {
            task_id: components["schemas"]["Id_tsk"];
            class_id: components["schemas"]["Id_cls"];
            title: string;
            title_en: string;
            /** Format: int32 */
            week: number;
            brief_html: string;
            rubric: components["schemas"]["RubricView"];
            work?: components["schemas"]["SubmissionView"] | null;
            open?: components["schemas"]["OpenView"] | null;
            /** @description Why not; a problem's code. */
            closed?: string | null;
            reviews: components["schemas"]["ReviewView"][];
        };
        /** @description A test as its learner finds it before they begin. */
        MyTestView: {
            task_id: components["schemas"]["Id_tsk"];
            paper_id: components["schemas"]["Id_pap"];
            title: string;
            title_en: string;
            /** Format: int32 */
            week: number;
            /** Format: int32 */
            minutes?: number | null;
            /** Format: int32 */
            attempts_allowed: number;
            items: number;
            /** Format: int32 */
            points: number;
            attempts: components["schemas"]["AttemptHeadView"][];
            /** @description Why no attempt can be begun or gone on with now; a problem's code. */
            closed?: string | null;
        };
        NamedUnitView: {
            id: components["schemas"]["Id_org"];
            name: string;
        };
        /** @description A role for a person: over a unit, or (the administrator's) over the system. */
        NewGrant: {
            person_id: components["schemas"]["Id_per"];
            role: components["schemas"]["Role"];
            org_unit_id?: components["schemas"]["Id_org"] | null;
        };
        NewOrgUnit: {
            parent_id?: components["schemas"]["Id_org"] | null;
            level: components["schemas"]["Level"];
            name: string;
            /** @description The code of its administrative division (GB/T 2260), or the school's own. */
            code?: string | null;
        };
        /** @description The password that the caller has, and the one that they want. */
        NewPassword: {
            /** Format: password */
            current: string;
            /**
             * Format: password
             * @description 10 to 128 characters; what is tried first and what others know of the person is refused.
             */
            password: string;
        };
        NewPostBody: {
            /** @description Markdown. */
            body: string;
            /** @description Made by the author's device, the same at every retry. */
            client_id: string;
        };
        NewTopicBody: {
            kind: components["schemas"]["NewTopicKind"];
            title: string;
            /** @description The first post, Markdown. */
            body: string;
            client_id: string;
        };
        /** @enum {string} */
        NewTopicKind: "discussion" | "question";
        /** @description What a training starts with. */
        NewTrainingInput: {
            org_unit_id: components["schemas"]["Id_org"];
            title: string;
            title_en?: string;
            /** @description A name of the IANA time zone database. */
            time_zone?: string;
            starts_on: components["schemas"]["Date"];
            /** Format: int32 */
            weeks: number;
        };
        /**
         * @description What the stage waits for; the user interface has the sentence.
         * @enum {string}
         */
        NextStep: "write_plan" | "decide_plan" | "change_plan" | "prepare_training" | "lead_weeks" | "certify";
        /** @description Something to do. */
        NextStepView: {
            task: components["schemas"]["TaskTitleView"];
            /** Format: int32 */
            minutes: number;
            state: components["schemas"]["TaskState"];
            test?: components["schemas"]["TestStandingView"] | null;
            /** @description From then on it is late. */
            closes_at: components["schemas"]["Timestamp"];
            /** @description From then on it is not taken. */
            ends_at: components["schemas"]["Timestamp"];
        };
        /** @description Who gets the next free seat. */
        NextWaitingView: {
            next?: components["schemas"]["ApplicationView"] | null;
        };
        /** @description Nothing to say. */
        Nothing: Record<string, never>;
        /** @description Everything that the lead writes. */
        NoticeBody: {
            title: string;
            /** @description Markdown; shown to visitors as sanitised HTML. */
            body_markdown: string;
            opens_at: components["schemas"]["Timestamp"];
            closes_at: components["schemas"]["Timestamp"];
            /**
             * Format: int32
             * @description How many are admitted at most.
             */
            capacity: number;
            /**
             * Format: int32
             * @description The least hours a week that an applicant promises.
             */
            least_hours?: number;
            eligibility: components["schemas"]["EligibilityQuestionBody"][];
            willingness: components["schemas"]["WillingnessQuestionBody"][];
            /**
             * Format: int32
             * @description The least sum of scores of the willingness questions.
             */
            threshold: number;
            pledge: components["schemas"]["PledgeClauseBody"][];
        };
        /**
         * @description What a visitor can do with a published notice.
         * @enum {string}
         */
        NoticeState: "upcoming" | "open" | "closed";
        /** @description The notice as it stands. */
        NoticeView: {
            training_id: components["schemas"]["Id_trn"];
            /**
             * Format: int64
             * @description Also the `ETag`; saving for the first time sends `If-Match: "v0"`.
             */
            version: number;
            published_at?: components["schemas"]["Timestamp"] | null;
            updated_at: components["schemas"]["Timestamp"];
            body_html: string;
            /** @description Whether somebody has handed in, so that the questions stay as they are. */
            rules_fixed: boolean;
            content: components["schemas"]["NoticeBody"];
        };
        /** @description How well the classes are mixed: the lower the better. */
        ObjectiveView: {
            parts: components["schemas"]["AllocationCost"];
            /** Format: int64 */
            total: number;
            /** Format: int64 */
            alphabetical_total: number;
        };
        /** @description Work is taken now. */
        OpenView: {
            late: boolean;
            ends_at: components["schemas"]["Timestamp"];
            /** @description In which the end is said. */
            time_zone: string;
            /** Format: int64 */
            least_chars: number;
            /** Format: int64 */
            most_chars: number;
        };
        /**
         * @description What is asked of a training before it opens.
         * @enum {string}
         */
        OpeningRuleName: "plan_approved" | "admitted" | "placed" | "only_admitted" | "class_size" | "least_size" | "assistants" | "experts" | "expert_mix" | "first_list" | "start_is_near" | "charters";
        OpeningRuleView: {
            rule: components["schemas"]["OpeningRuleName"];
            is_met: boolean;
            /** @description False before there are classes that it could be true of; then it neither binds nor advises. */
            applies: boolean;
            /** @description Whether the training stays closed while it is not met; else it is advice. */
            binds: boolean;
            /** @description How many people or classes it is about. */
            number: number;
            people_missing: number;
            text: components["schemas"]["ExplainedText"];
        };
        /** @description Why a training can or cannot open. */
        OpeningView: {
            can_open: boolean;
            /** @description How many more people must be found. */
            people_missing: number;
            headline: components["schemas"]["ExplainedText"];
            rules: components["schemas"]["OpeningRuleView"][];
        };
        OrgUnitChange: {
            name: string;
            code?: string | null;
        };
        OrgUnitView: {
            id: components["schemas"]["Id_org"];
            parent_id: components["schemas"]["Id_org"] | null;
            level: components["schemas"]["Level"];
            name: string;
            code: string | null;
            /**
             * Format: int64
             * @description For `If-Match`.
             */
            version: number;
            /** @description The names from the province down to this unit. */
            place: string[];
            has_children: boolean;
            /**
             * Format: int64
             * @description How many people belong to the unit itself.
             */
            people: number;
        };
        OrgUnitsView: {
            items: components["schemas"]["OrgUnitView"][];
            /** @description More units have such a name than a search shows; more of the name finds them. */
            more: boolean;
        };
        /** @enum {string} */
        Outcome: "recovered" | "resync";
        /** @description Another training in the same weeks. */
        OverlapView: {
            training_id: components["schemas"]["Id_trn"];
            title: string;
            starts_on: components["schemas"]["Date"];
            ends_on: components["schemas"]["Date"];
            state: components["schemas"]["ApplicationState"];
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_AnnouncementView: {
            items: {
                id: components["schemas"]["Id_ann"];
                list_id?: components["schemas"]["Id_lst"] | null;
                /** Format: int32 */
                week?: number | null;
                title: string;
                body_html: string;
                author_name: string;
                published_at: components["schemas"]["Timestamp"];
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_ApplicationView: {
            items: {
                id: components["schemas"]["Id_app"];
                training_id: components["schemas"]["Id_trn"];
                training_title: string;
                person: components["schemas"]["ApplicantView"];
                state: components["schemas"]["ApplicationState"];
                ended?: components["schemas"]["EndedAs"] | null;
                /**
                 * Format: int64
                 * @description A recommendation or decision names the version that was read.
                 */
                version: number;
                /** Format: int64 */
                willingness_score?: number | null;
                /** Format: int64 */
                hours_a_week?: number | null;
                /** @description What the school said, when it has said something. */
                recommended?: boolean | null;
                recommendation_reason?: string | null;
                submitted_at?: components["schemas"]["Timestamp"] | null;
                /**
                 * Format: int64
                 * @description 1 is next.
                 */
                waitlist_place?: number | null;
                /** Format: int64 */
                seat_no?: number | null;
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_CertificateBatchView: {
            items: {
                id: components["schemas"]["Id_bat"];
                training_id: components["schemas"]["Id_trn"];
                training_title: string;
                state: components["schemas"]["BatchState"];
                created_by: string;
                created_at: components["schemas"]["Timestamp"];
                submitted_by?: string | null;
                submitted_at?: components["schemas"]["Timestamp"] | null;
                decided_at?: components["schemas"]["Timestamp"] | null;
                issued_at?: components["schemas"]["Timestamp"] | null;
                /** Format: int64 */
                entries: number;
                /** Format: int64 */
                approved: number;
                /** Format: int64 */
                returned: number;
                /**
                 * Format: int64
                 * @description How many of the approved have their certificate.
                 */
                issued: number;
                /**
                 * Format: int64
                 * @description How many certificates, new or corrected ones, are not signed and printed yet.
                 */
                unfinished: number;
                /**
                 * Format: int64
                 * @description To be sent as `If-Match` with handing in and with a decision.
                 */
                version: number;
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_CertificateChangeView: {
            items: {
                id: components["schemas"]["Id_cch"];
                certificate_id: components["schemas"]["Id_crt"];
                batch_id: components["schemas"]["Id_bat"];
                training_id: components["schemas"]["Id_trn"];
                serial: string;
                kind: components["schemas"]["ChangeKind"];
                cause?: components["schemas"]["RevokeCause"] | null;
                /** @description Shown to everybody who verifies once it is confirmed. */
                reason: string;
                before: components["schemas"]["PrintedFields"];
                after?: components["schemas"]["PrintedFields"] | null;
                state: components["schemas"]["ChangeState"];
                proposed_by: string;
                proposed_at: components["schemas"]["Timestamp"];
                /** @description Whether the caller proposed it, and so must leave the decision to somebody else. */
                proposed_by_you: boolean;
                /** @description Whether it is the caller's own certificate. */
                about_you: boolean;
                decided_by?: string | null;
                decided_at?: components["schemas"]["Timestamp"] | null;
                /** @description Why it was refused. */
                refusal?: string | null;
                deciders?: components["schemas"]["DecidersView"] | null;
                /**
                 * Format: int64
                 * @description To be sent as `If-Match` with a decision.
                 */
                version: number;
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_CharterTextView: {
            items: {
                /** Format: int64 */
                version: number;
                /** @description Byte for byte as it was settled, as are the clauses. */
                vision: string;
                clauses: string[];
                settled_by: components["schemas"]["Id_per"];
                settled_by_name: string;
                settled_at: components["schemas"]["Timestamp"];
                /** @description Who signed this very text. */
                signatures: components["schemas"]["CharterSignatureView"][];
                my_signature_at?: components["schemas"]["Timestamp"] | null;
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_CreditEntryView: {
            items: {
                id: components["schemas"]["Id_crd"];
                person_id: components["schemas"]["Id_per"];
                learner_name: string;
                unit_name?: string | null;
                training_id: components["schemas"]["Id_trn"];
                training_title: string;
                serial: string;
                /** @description The number of the certificate that the line was entered for, where a corrected one stands in its place now. */
                entered_for?: string | null;
                batch_id?: components["schemas"]["Id_bat"] | null;
                kind: components["schemas"]["CreditEntryKind"];
                /** @description A decimal with at most one digit after the point. */
                credits: string;
                entered_on: components["schemas"]["Date"];
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_DepartedLearnerView: {
            items: {
                person_id: components["schemas"]["Id_per"];
                name: string;
                org_unit_name?: string | null;
                class_id: components["schemas"]["Id_cls"];
                class_name: string;
                /** @description By themselves; otherwise the lead ended it. */
                by_themselves: boolean;
                ended_by_name: string;
                reason: string;
                left_at: components["schemas"]["Timestamp"];
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_GrantView: {
            items: {
                id: components["schemas"]["Id_grt"];
                person_id: components["schemas"]["Id_per"];
                person_name: string;
                role: components["schemas"]["Role"];
                scope_kind: components["schemas"]["ScopeKind"];
                scope_id: string | null;
                scope_name: string | null;
                given_at: components["schemas"]["Timestamp"];
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_HandInView: {
            items: {
                /** Format: int64 */
                number: number;
                handed_in_at: components["schemas"]["Timestamp"];
                /** @description Plain text, byte for byte as it was handed in. */
                body: string;
                file?: components["schemas"]["WorkFileView"] | null;
                /**
                 * Format: int64
                 * @description Which wording of the task it was written for.
                 */
                wording: number;
                /** @description What was decided about this very handing in. */
                reviews: components["schemas"]["ReviewView"][];
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_ItemBody: {
            items: {
                id?: components["schemas"]["Id_itm"] | null;
                /**
                 * Format: int64
                 * @description The version that the writer saw: a newer one in the bank is never replaced by an older.
                 */
                version?: number;
                kind: components["schemas"]["ItemKind"];
                stem: string;
                options: components["schemas"]["ItemChoiceBody"][];
                /** @description Keys of the right options. */
                right: string[];
                /** @description Shown after the test. */
                explanation?: string;
                /** Format: int32 */
                points: number;
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_LearnerStandingView: {
            items: {
                learner: components["schemas"]["AssessedPersonView"];
                /** Format: int32 */
                total: number;
                grade: components["schemas"]["Grade"];
                missed: components["schemas"]["ComponentKind"][];
                components: components["schemas"]["ComponentScoreView"][];
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_ListedTopicView: {
            items: (components["schemas"]["TopicView"] & {
                /** Format: int64 */
                unread: number;
            })[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_MicroVideoView: {
            items: {
                id: components["schemas"]["Id_vid"];
                title: string;
                /** Format: int64 */
                seconds: number;
                /** Format: int64 */
                bytes: number;
                /** Format: int64 */
                width: number;
                /** Format: int64 */
                height: number;
                has_poster: boolean;
                has_subtitles: boolean;
                is_withdrawn: boolean;
                /**
                 * Format: int64
                 * @description For `If-Match`.
                 */
                version: number;
                uploaded_at: components["schemas"]["Timestamp"];
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_MyStaffInvitationView: {
            items: {
                id: components["schemas"]["Id_inv"];
                training_id: components["schemas"]["Id_trn"];
                title: string;
                starts_on: components["schemas"]["Date"];
                ends_on: components["schemas"]["Date"];
                /** Format: int32 */
                weeks: number;
                time_zone: string;
                purpose: string;
                target_group: string;
                subjects: string[];
                role: components["schemas"]["StaffRole"];
                message: string;
                state: components["schemas"]["InvitationState"];
                invited_by_name?: string | null;
                invited_at: components["schemas"]["Timestamp"];
                answered_at?: components["schemas"]["Timestamp"] | null;
                /**
                 * Format: int64
                 * @description Answers to it name this version in `If-Match`.
                 */
                version: number;
                ended_at?: components["schemas"]["Timestamp"] | null;
                ended_by_name?: string | null;
                end_reason?: string | null;
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_PersonNoticeView: {
            items: {
                id: components["schemas"]["Id_ntc"];
                at: components["schemas"]["Timestamp"];
                read: boolean;
                /** @description Where it leads in the web application. */
                link: string;
                /** @description What happened, in a word such as `plan_submitted`; more words may come. */
                kind: string;
                /** @description The sentence to show. */
                text: string;
                text_en: string;
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_PersonView: {
            items: {
                id: components["schemas"]["Id_per"];
                name: string;
                account_name: string;
                phone_masked: string | null;
                identity_number_masked: string | null;
                org_unit: components["schemas"]["NamedUnitView"] | null;
                gender: components["schemas"]["Gender"] | null;
                subject: string | null;
                professional_title: string | null;
                /** Format: int64 */
                teaching_since: number | null;
                /** @description Has set a password. */
                activated: boolean;
                disabled_at: components["schemas"]["Timestamp"] | null;
                created_at: components["schemas"]["Timestamp"];
                /**
                 * Format: int64
                 * @description For `If-Match`.
                 */
                version: number;
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_PlanSubmissionView: {
            items: {
                /** Format: int64 */
                number: number;
                submitted_by: components["schemas"]["PlanPersonView"];
                submitted_at: components["schemas"]["Timestamp"];
                decision?: components["schemas"]["PlanDecision"] | null;
                reasons?: string | null;
                decided_by?: components["schemas"]["PlanPersonView"] | null;
                decided_at?: components["schemas"]["Timestamp"] | null;
                content: components["schemas"]["PlanBody"];
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_PublicTrainingView: {
            items: {
                training_id: components["schemas"]["Id_trn"];
                title: string;
                training_title: string;
                org_unit_name: string;
                state: components["schemas"]["NoticeState"];
                opens_at: components["schemas"]["Timestamp"];
                closes_at: components["schemas"]["Timestamp"];
                /** Format: int32 */
                capacity: number;
                /** Format: int32 */
                least_hours: number;
                starts_on: components["schemas"]["Date"];
                /** Format: int32 */
                weeks: number;
                time_zone: string;
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_QueuedWorkView: {
            items: {
                work_kind: components["schemas"]["WorkKind"];
                /** @description A submission's or a reflection's id, by its kind. */
                work_id: string;
                task_id: components["schemas"]["Id_tsk"];
                learner: components["schemas"]["AssessedPersonView"];
                /** Format: int32 */
                week: number;
                title: string;
                title_en: string;
                submitted_at: components["schemas"]["Timestamp"];
                /** @description It was sent back before. */
                again: boolean;
                /** @description The caller has begun a review. */
                drafted: boolean;
                /** Format: int32 */
                points?: number | null;
                /** Format: int32 */
                most?: number | null;
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_ResourceView: {
            items: {
                id: components["schemas"]["Id_res"];
                title: string;
                kind: components["schemas"]["ResourceKind"];
                /** @description Where it is, for links. */
                url?: string | null;
                /** @description What it is called, for files; their address comes from `…/file`. */
                file_name?: string | null;
                /** Format: int64 */
                bytes?: number | null;
                source: string;
                licence: string;
                added_at: components["schemas"]["Timestamp"];
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_ResultView: {
            items: {
                learner: components["schemas"]["AssessedPersonView"];
                class_id: components["schemas"]["Id_cls"];
                class_name: string;
                /** Format: int32 */
                score: number;
                grade: components["schemas"]["Grade"];
                passed: boolean;
                /** Format: int32 */
                credits_tenths: number;
                /** Format: int32 */
                hours: number;
                /** @description Without their evidence, unless one result is opened. */
                components: components["schemas"]["ComponentScoreView"][];
                /** @description SHA-256 over scheme, evidence and outcome. */
                result_hash: string;
                computed_at: components["schemas"]["Timestamp"];
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_RosterImportView: {
            items: {
                id: components["schemas"]["Id_imp"];
                file_name: string;
                state: components["schemas"]["RosterState"];
                created_at: components["schemas"]["Timestamp"];
                applied_at: components["schemas"]["Timestamp"] | null;
                links_taken_at: components["schemas"]["Timestamp"] | null;
                /** Format: int64 */
                rows: number;
                /**
                 * Format: int64
                 * @description Rows that cannot be imported.
                 */
                wrong: number;
                /**
                 * Format: int64
                 * @description Rows of people who are not known yet.
                 */
                new: number;
                /**
                 * Format: int64
                 * @description Rows of known people, who are updated.
                 */
                changed: number;
                /**
                 * Format: int64
                 * @description Units that are missing and are made.
                 */
                new_units: number;
                /**
                 * Format: int64
                 * @description Rows that give a known person another name, phone, unit or role: these are confirmed.
                 */
                to_confirm: number;
                /**
                 * Format: int64
                 * @description Rows that are hidden in the sheet, by a filter or by hand. They are left out unless they are taken, and counted above then.
                 */
                hidden: number;
                hidden_taken: boolean;
                /** @description Whether they can be taken: with them the roster has no more rows than one may have. Otherwise they were counted and not kept. */
                can_take_hidden: boolean;
                /** @description Columns that are hidden in the sheet and were read all the same. */
                hidden_columns: string[];
                /** @description Columns that hold something and were not read, by heading or letter. */
                unread_columns: string[];
                /** @description Sheets that hold something and were not read. */
                unread_sheets: string[];
                /** @description Sheets that are hidden, hold something and were not read. */
                hidden_sheets: string[];
                /** @description Provinces that are missing and are made. */
                new_provinces: string[];
                /**
                 * @description The units that are missing and are made, the first 100 of them (all are at `new-units`): those about which somebody has to decide
                 *     come first.
                 */
                new_unit_list: components["schemas"]["RosterNewUnitView"][];
                /**
                 * Format: int64
                 * @description How many of them look like a unit that stands or another one in the roster, and nobody decided about them yet. The roster is not
                 *     applied before.
                 */
                undecided_units: number;
                /** @description Names in the roster that are taken for another unit, as somebody decided. */
                matched_units: components["schemas"]["RosterMatchedUnitView"][];
                /**
                 * Format: int64
                 * @description People who are not known yet and get a role over their unit.
                 */
                new_roles: number;
                /** @description These roles, at most 100 of them. */
                new_role_list: components["schemas"]["RosterNewRoleView"][];
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_RosterNewUnitView: {
            items: {
                /** @description The unit's name after those above it, from the province down. */
                place: string;
                level: components["schemas"]["Level"];
                /** @description Units that may be the same under another name, the nearest first. */
                like: components["schemas"]["RosterStandingUnitView"][];
                /** @description Places in earlier rows of the roster, new too, that may be the same under another name. */
                alike: string[];
                /** @description Somebody decided that it is another one. */
                decided: boolean;
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_RosterRowView: {
            items: {
                /**
                 * Format: int32
                 * @description The row's number in the file.
                 */
                row: number;
                outcome: components["schemas"]["RosterOutcome"];
                /** @description Hidden in the sheet. */
                hidden: boolean;
                /** @description What was typed, by column; numbers that are right are masked, and those of which the sheet lost the end. */
                cells: {
                    [key: string]: string;
                };
                errors: components["schemas"]["RosterRowErrorView"][];
                /** @description What becomes other than it is known of a known person. */
                changes: components["schemas"]["RosterChangeView"][];
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_RubricView: {
            items: {
                id: components["schemas"]["Id_rub"];
                work_kind: components["schemas"]["WorkKind"];
                title: string;
                title_en: string;
                /** @description Every installation has it; it is used when a task names none. */
                is_default: boolean;
                /** Format: int32 */
                most: number;
                criteria: components["schemas"]["CriterionBody"][];
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_StaffInvitationView: {
            items: {
                id: components["schemas"]["Id_inv"];
                person: components["schemas"]["PlanPersonView"];
                org_unit_name?: string | null;
                role: components["schemas"]["StaffRole"];
                message: string;
                state: components["schemas"]["InvitationState"];
                reason?: string | null;
                invited_by_name?: string | null;
                invited_at: components["schemas"]["Timestamp"];
                answered_at?: components["schemas"]["Timestamp"] | null;
                /**
                 * Format: int64
                 * @description Decisions on it name this version in `If-Match`.
                 */
                version: number;
                ended_at?: components["schemas"]["Timestamp"] | null;
                ended_by_name?: string | null;
                end_reason?: string | null;
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_TestPaperHeadView: {
            items: {
                id: components["schemas"]["Id_pap"];
                title: string;
                title_en: string;
                state: components["schemas"]["PaperState"];
                /** Format: int32 */
                minutes?: number | null;
                /** Format: int32 */
                attempts_allowed: number;
                /** Format: int32 */
                points: number;
                /**
                 * Format: int64
                 * @description How many tasks name it.
                 */
                tasks: number;
                updated_at: components["schemas"]["Timestamp"];
                published_at?: components["schemas"]["Timestamp"] | null;
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_TrainingCardView: {
            items: {
                id: components["schemas"]["Id_trn"];
                title: string;
                title_en: string;
                org_unit: components["schemas"]["TrainingUnitView"];
                time_zone: string;
                starts_on: components["schemas"]["Date"];
                ends_on: components["schemas"]["Date"];
                /** Format: int32 */
                weeks: number;
                state: components["schemas"]["TrainingState"];
                plan_state: components["schemas"]["PlanState"];
                /**
                 * Format: int32
                 * @description The week that is open now, if one is.
                 */
                current_week?: number | null;
            }[];
            next?: string | null;
        };
        /** @description One page of a list. `next` is absent on the last page. */
        Paged_TrainingLeadView: {
            items: {
                id: components["schemas"]["Id_tld"];
                person: components["schemas"]["PlanPersonView"];
                org_unit_name?: string | null;
                named_by_name: string;
                named_at: components["schemas"]["Timestamp"];
                ended_at?: components["schemas"]["Timestamp"] | null;
                ended_by_name?: string | null;
                end_reason?: string | null;
                disabled_at?: components["schemas"]["Timestamp"] | null;
            }[];
            next?: string | null;
        };
        /**
         * @description Where a paper is in its life.
         * @enum {string}
         */
        PaperState: "draft" | "published";
        /**
         * @description How a PDF compares with the file that was issued.
         * @enum {string}
         */
        PaperView: "as_issued" | "other_end" | "differs";
        /**
         * @description A person's particulars as they are to be. Numbers are shown masked, so one that is absent stays unless it is removed; a new
         *     one takes the place of the old.
         */
        PersonChange: {
            name: string;
            phone?: string | null;
            remove_phone?: boolean;
            identity_number?: string | null;
            remove_identity_number?: boolean;
            org_unit_id?: components["schemas"]["Id_org"] | null;
            gender?: components["schemas"]["Gender"] | null;
            subject?: string | null;
            professional_title?: string | null;
            /**
             * Format: int64
             * @description The year in which they started to teach.
             */
            teaching_since?: number | null;
        };
        /** @description A person with the place of their unit. */
        PersonDetailView: components["schemas"]["PersonView"] & {
            /** @description The names from the province down to the person's unit. */
            place: string[];
            /** @description Of somebody disabled: the caller may enable them. Who was disabled by somebody above may not. */
            may_enable: boolean;
        };
        /**
         * @description What is known of a person and a roster may change.
         * @enum {string}
         */
        PersonField: "name" | "phone" | "identity_number" | "org_unit" | "gender" | "subject" | "professional_title" | "teaching_since" | "role";
        /** @description A new person's particulars. */
        PersonInput: {
            name: string;
            phone?: string | null;
            identity_number?: string | null;
            org_unit_id?: components["schemas"]["Id_org"] | null;
            gender?: components["schemas"]["Gender"] | null;
            subject?: string | null;
            professional_title?: string | null;
            /**
             * Format: int64
             * @description The year in which they started to teach.
             */
            teaching_since?: number | null;
        };
        /** @description What a person should know. */
        PersonNoticeView: {
            id: components["schemas"]["Id_ntc"];
            at: components["schemas"]["Timestamp"];
            read: boolean;
            /** @description Where it leads in the web application. */
            link: string;
            /** @description What happened, in a word such as `plan_submitted`; more words may come. */
            kind: string;
            /** @description The sentence to show. */
            text: string;
            text_en: string;
        };
        PersonView: {
            id: components["schemas"]["Id_per"];
            name: string;
            account_name: string;
            phone_masked: string | null;
            identity_number_masked: string | null;
            org_unit: components["schemas"]["NamedUnitView"] | null;
            gender: components["schemas"]["Gender"] | null;
            subject: string | null;
            professional_title: string | null;
            /** Format: int64 */
            teaching_since: number | null;
            /** @description Has set a password. */
            activated: boolean;
            disabled_at: components["schemas"]["Timestamp"] | null;
            created_at: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description For `If-Match`.
             */
            version: number;
        };
        /**
         * @description Where a week, or a task for one person, is at an instant.
         * @enum {string}
         */
        Phase: "upcoming" | "open" | "late" | "closed";
        PinBody: {
            pinned: boolean;
        };
        /**
         * @description The parts of the web application.
         * @enum {string}
         */
        Place: "learn" | "teach" | "office";
        PlaceLearner: {
            person_id: components["schemas"]["Id_per"];
            class_id: components["schemas"]["Id_cls"];
        };
        PlacementView: {
            id: components["schemas"]["Id_plc"];
            class_id: components["schemas"]["Id_cls"];
            person_id: components["schemas"]["Id_per"];
        };
        /** @description Everything that a plan says, with its training's names and calendar. */
        PlanBody: {
            title: string;
            title_en?: string;
            /** @description A name of the IANA time zone database. */
            time_zone: string;
            starts_on: components["schemas"]["Date"];
            /** Format: int32 */
            weeks: number;
            purpose: string;
            target_group: string;
            /**
             * Format: int32
             * @description How many learners it is made for.
             */
            scale: number;
            staff_needed: components["schemas"]["StaffNeededBody"];
            content_lines: components["schemas"]["ContentLineBody"][];
            budget_lines: components["schemas"]["BudgetLineBody"][];
        };
        /**
         * @description What the provincial office made of a hand-in.
         * @enum {string}
         */
        PlanDecision: "approved" | "returned";
        /** @description A person by name. */
        PlanPersonView: {
            id: components["schemas"]["Id_per"];
            name: string;
        };
        /**
         * @description Where a plan is on its way.
         * @enum {string}
         */
        PlanState: "draft" | "submitted" | "approved" | "returned";
        /** @description One hand-in and what became of it. */
        PlanSubmissionView: {
            /** Format: int64 */
            number: number;
            submitted_by: components["schemas"]["PlanPersonView"];
            submitted_at: components["schemas"]["Timestamp"];
            decision?: components["schemas"]["PlanDecision"] | null;
            reasons?: string | null;
            decided_by?: components["schemas"]["PlanPersonView"] | null;
            decided_at?: components["schemas"]["Timestamp"] | null;
            content: components["schemas"]["PlanBody"];
        };
        /** @description A plan as it stands. */
        PlanView: {
            training_id: components["schemas"]["Id_trn"];
            state: components["schemas"]["PlanState"];
            /**
             * Format: int64
             * @description Also the `ETag`.
             */
            version: number;
            /**
             * Format: int64
             * @description How often it was handed in.
             */
            submission: number;
            updated_at: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description The sum of the budget, in fen.
             */
            budget_fen: number;
            content: components["schemas"]["PlanBody"];
        };
        /** @description Everything that a player needs. */
        PlaybackAddressView: {
            id: components["schemas"]["Id_vid"];
            title: string;
            url: string;
            /**
             * Format: int64
             * @description What playing it whole costs.
             */
            bytes: number;
            /** Format: int64 */
            seconds: number;
            /** Format: int64 */
            length_ms: number;
            /** Format: int64 */
            width: number;
            /** Format: int64 */
            height: number;
            poster_url?: string | null;
            /** @description WebVTT, in Chinese. */
            subtitles_url?: string | null;
        };
        /** @description How somebody watches. */
        PlaybackInput: {
            /** @description Audio mode, declared before: listening with the page out of sight counts. */
            is_audio?: boolean;
        };
        /** @description A playback that was opened. A newer one, on whatever device, ends it. */
        PlaybackView: {
            id: components["schemas"]["Id_plb"];
            /** Format: int32 */
            length_ms: number;
            opened_at: components["schemas"]["Timestamp"];
            /** Format: int64 */
            credited_ms: number;
            covered: number[][];
        };
        /** @description One promise, accepted on its own. */
        PledgeClauseBody: {
            key: string;
            text: string;
        };
        PostView: {
            id: components["schemas"]["Id_pst"];
            topic_id: components["schemas"]["Id_top"];
            /** Format: int64 */
            number: number;
            /**
             * Format: int64
             * @description Whoever corrects or removes the post says which version they read.
             */
            version: number;
            author_id: components["schemas"]["Id_per"];
            author_name: string;
            author_role: components["schemas"]["Role"];
            client_id: string;
            /** @description What the author typed (Markdown); empty when removed. */
            body_source: string;
            /** @description Safe to show as HTML; empty when removed. */
            body_html: string;
            at: components["schemas"]["Timestamp"];
            edited_at?: components["schemas"]["Timestamp"] | null;
            removed: boolean;
        };
        /** @description Every field that is printed, except number and day. */
        PrintedFields: {
            learner_name: string;
            training_title: string;
            starts_on: components["schemas"]["Date"];
            ends_on: components["schemas"]["Date"];
            /**
             * Format: int32
             * @description Class hours.
             */
            hours: number;
            /** @description A decimal with at most one digit after the point, such as `6.5`. */
            credits: string;
            grade: components["schemas"]["CertificateGrade"];
            assessed_by: string;
            issuer_name: string;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            code: string;
            detail?: string;
            request_id?: string;
            errors?: {
                pointer: string;
                code: string;
                detail: string;
            }[];
            extra?: Record<string, never>;
        };
        ProposeClause: {
            body: string;
        };
        /** @description What a stranger sees: the printed fields and the status, nothing else of the person. */
        PublicCertificateView: {
            serial: string;
            status: components["schemas"]["CertificateStatus"];
            printed: components["schemas"]["PrintedFields"];
            issued_on: components["schemas"]["Date"];
            revocation?: components["schemas"]["RevocationView"] | null;
            paper?: components["schemas"]["PaperView"] | null;
            /** @description The moment of this answer. */
            checked_at: components["schemas"]["Timestamp"];
        };
        /** @description A notice as a visitor reads it: what is asked, but not how answers are judged. */
        PublicNoticeView: components["schemas"]["PublicTrainingView"] & {
            /** @description Sanitised; safe to show as it is. */
            body_html: string;
            eligibility: components["schemas"]["AskedView"][];
            willingness: components["schemas"]["AskedChoiceView"][];
            pledge: components["schemas"]["AskedView"][];
        };
        /** @description A training that takes, took or will take applications. */
        PublicTrainingView: {
            training_id: components["schemas"]["Id_trn"];
            title: string;
            training_title: string;
            org_unit_name: string;
            state: components["schemas"]["NoticeState"];
            opens_at: components["schemas"]["Timestamp"];
            closes_at: components["schemas"]["Timestamp"];
            /** Format: int32 */
            capacity: number;
            /** Format: int32 */
            least_hours: number;
            starts_on: components["schemas"]["Date"];
            /** Format: int32 */
            weeks: number;
            time_zone: string;
        };
        /** @description Nothing but the wish itself. */
        PublishAllocation: Record<string, never>;
        /** @description Publishes the version that was read. */
        PublishPaperInput: {
            /** Format: int64 */
            version: number;
        };
        /** @description One work of the queue. Points in hundredths. */
        QueuedWorkView: {
            work_kind: components["schemas"]["WorkKind"];
            /** @description A submission's or a reflection's id, by its kind. */
            work_id: string;
            task_id: components["schemas"]["Id_tsk"];
            learner: components["schemas"]["AssessedPersonView"];
            /** Format: int32 */
            week: number;
            title: string;
            title_en: string;
            submitted_at: components["schemas"]["Timestamp"];
            /** @description It was sent back before. */
            again: boolean;
            /** @description The caller has begun a review. */
            drafted: boolean;
            /** Format: int32 */
            points?: number | null;
            /** Format: int32 */
            most?: number | null;
        };
        /** @description An application and the version of it that was read. */
        ReadApplication: {
            application_id: components["schemas"]["Id_app"];
            /** Format: int64 */
            version: number;
        };
        /** @description What the school says; the applicant reads it. */
        RecommendInput: {
            recommended: boolean;
            reason: string;
        };
        /** @description A record behind a score. Points are in hundredths. */
        RecordView: {
            /** Format: int32 */
            credited_ms: number;
            /** Format: int32 */
            length_ms: number;
            /** @enum {string} */
            kind: "watched";
        } | {
            id: components["schemas"]["Id_att"];
            /** Format: int32 */
            score: number;
            /** Format: int32 */
            most: number;
            /** @enum {string} */
            kind: "attempt";
        } | {
            id: components["schemas"]["Id_rev"];
            /** Format: int32 */
            points: number;
            /** Format: int32 */
            most: number;
            /** @enum {string} */
            kind: "review";
        } | {
            /** @enum {string} */
            kind: "waiting_for_review";
        } | {
            id: components["schemas"]["Id_pst"];
            /** @enum {string} */
            kind: "post";
        } | {
            at: components["schemas"]["Timestamp"];
            late: boolean;
            /** @enum {string} */
            kind: "done";
        };
        /** @description What is being written. */
        ReflectionDraftBody: {
            draft: string;
            /**
             * Format: int64
             * @description The version that the writer saw (0: nothing was saved): another device's newer words are not overwritten.
             */
            based_on: number;
        };
        /** @description What is handed in. */
        ReflectionInput: {
            body: string;
            /**
             * Format: int64
             * @description The version that the writer saw.
             */
            based_on: number;
        };
        /** @description A reflection as its writer sees it. */
        ReflectionView: {
            id?: components["schemas"]["Id_ref"] | null;
            draft: string;
            /**
             * Format: int64
             * @description Counts the savings of the draft; 0 when nothing was saved yet.
             */
            version: number;
            saved_at?: components["schemas"]["Timestamp"] | null;
            /** @description As it was handed in last. */
            body?: string | null;
            submitted_at?: components["schemas"]["Timestamp"] | null;
            closed_at?: components["schemas"]["Timestamp"] | null;
            /**
             * Format: int64
             * @description How often it can be handed in still.
             */
            hand_ins_left: number;
        };
        /**
         * @description Why a stretch is not credited.
         * @enum {string}
         */
        Refusal: "malformed" | "hidden" | "too_fast" | "beyond_end" | "over_budget" | "already_counted" | "too_scattered";
        RefusalInput: {
            /** @description Who proposed reads it. */
            reason: string;
        };
        /** @description So much of one report was refused, and why. */
        RefusedStretch: {
            /** Format: int32 */
            counter: number;
            /** Format: int32 */
            ms: number;
            reason: components["schemas"]["Refusal"];
        };
        ReleasedClassView: {
            class_id: components["schemas"]["Id_cls"];
            name: string;
            role: components["schemas"]["StaffRole"];
            /** @description Nobody else leads the class in this role. */
            needs_another: boolean;
        };
        RenameClass: {
            name: string;
        };
        /** @description A resource that is a file: the same fields, and the file. */
        ResourceForm: {
            title: string;
            kind: components["schemas"]["ResourceKind"];
            source: string;
            licence: string;
            /** Format: binary */
            file: string;
        };
        /** @description A resource that is somewhere else. */
        ResourceInput: {
            title: string;
            kind: components["schemas"]["ResourceKind"];
            url: string;
            /** @description Who made it or where it was published. */
            source: string;
            /** @description Under which licence or permission it is used. */
            licence: string;
        };
        /**
         * @description The kinds of resources.
         * @enum {string}
         */
        ResourceKind: "article" | "lesson_plan" | "courseware" | "worksheet" | "video" | "picture" | "other";
        /** @description A resource of the extension library. */
        ResourceView: {
            id: components["schemas"]["Id_res"];
            title: string;
            kind: components["schemas"]["ResourceKind"];
            /** @description Where it is, for links. */
            url?: string | null;
            /** @description What it is called, for files; their address comes from `…/file`. */
            file_name?: string | null;
            /** Format: int64 */
            bytes?: number | null;
            source: string;
            licence: string;
            added_at: components["schemas"]["Timestamp"];
        };
        /** @description A final result. `score` is hundredths of a percent, `credits_tenths` tenths of a credit. */
        ResultView: {
            learner: components["schemas"]["AssessedPersonView"];
            class_id: components["schemas"]["Id_cls"];
            class_name: string;
            /** Format: int32 */
            score: number;
            grade: components["schemas"]["Grade"];
            passed: boolean;
            /** Format: int32 */
            credits_tenths: number;
            /** Format: int32 */
            hours: number;
            /** @description Without their evidence, unless one result is opened. */
            components: components["schemas"]["ComponentScoreView"][];
            /** @description SHA-256 over scheme, evidence and outcome. */
            result_hash: string;
            computed_at: components["schemas"]["Timestamp"];
        };
        /** @description Why the plan goes back; the lead reads it. */
        ReturnPlanInput: {
            reasons: string;
        };
        /** @description Why somebody's numbers are needed; it goes on record. */
        RevealReason: {
            reason: string;
        };
        /** @description A person's numbers in the clear. */
        RevealedView: {
            phone: string | null;
            identity_number: string | null;
        };
        /**
         * @description What becomes of the work.
         * @enum {string}
         */
        ReviewDecision: "grade" | "send_back";
        /** @description What a reviewer thinks so far. */
        ReviewInput: {
            /**
             * Format: int64
             * @description The number of the handing in that was read.
             */
            hand_in: number;
            /**
             * Format: int64
             * @description The version of the own draft that the reviewer saw (0: there is none): another device's newer words are not overwritten.
             */
            based_on: number;
            /** @description The chosen level of each criterion. */
            levels?: {
                [key: string]: string;
            };
            comment?: string;
        };
        /**
         * @description Where a review is in its life.
         * @enum {string}
         */
        ReviewState: "draft" | "finished" | "returned" | "overtaken";
        /** @description A review. Points in hundredths. */
        ReviewView: {
            id: components["schemas"]["Id_rev"];
            /** @description A submission's or a reflection's id. */
            work_id: string;
            state: components["schemas"]["ReviewState"];
            /**
             * Format: int64
             * @description Counts the savings of the draft.
             */
            version: number;
            reviewer: components["schemas"]["AssessedPersonView"];
            /**
             * Format: int64
             * @description The number of the handing in that it is about.
             */
            hand_in: number;
            criteria: components["schemas"]["CriterionBody"][];
            levels: {
                [key: string]: string;
            };
            comment: string;
            /** Format: int32 */
            points?: number | null;
            /** Format: int32 */
            most: number;
            saved_at: components["schemas"]["Timestamp"];
            finished_at?: components["schemas"]["Timestamp"] | null;
        };
        /** @description To take a certificate back. */
        RevocationInput: {
            cause: components["schemas"]["RevokeCause"];
            /** @description Shown to everybody who verifies the certificate once it is revoked. */
            reason: string;
        };
        /**
         * @description Why a certificate is no longer valid.
         * @enum {string}
         */
        RevocationKind: "replaced" | "issued_in_error" | "misconduct";
        RevocationView: {
            revoked_at: components["schemas"]["Timestamp"];
            cause: components["schemas"]["RevocationKind"];
            reason: string;
            /** @description The serial number of the certificate that takes its place. */
            replaced_by?: string | null;
        };
        /** @enum {string} */
        RevokeCause: "issued_in_error" | "misconduct";
        /**
         * @description What a person is to the product; the Chinese names are in the user interface's catalogue.
         * @enum {string}
         */
        Role: "learner" | "assistant" | "expert" | "training_lead" | "school_head" | "provincial_office" | "administrator";
        RosterApply: {
            /** @description Import the good rows and leave out the wrong ones. */
            good_rows_only?: boolean;
            /** @description Known people may get the names, phones, units and roles that the rows show. */
            confirm_changes?: boolean;
        };
        RosterChangeView: {
            field: components["schemas"]["PersonField"];
            /**
             * @description As it is known; numbers are masked, units are named from the province down, roles over the row's unit are words with a
             *     space between.
             */
            from: string | null;
            to: string;
        };
        RosterImportView: {
            id: components["schemas"]["Id_imp"];
            file_name: string;
            state: components["schemas"]["RosterState"];
            created_at: components["schemas"]["Timestamp"];
            applied_at: components["schemas"]["Timestamp"] | null;
            links_taken_at: components["schemas"]["Timestamp"] | null;
            /** Format: int64 */
            rows: number;
            /**
             * Format: int64
             * @description Rows that cannot be imported.
             */
            wrong: number;
            /**
             * Format: int64
             * @description Rows of people who are not known yet.
             */
            new: number;
            /**
             * Format: int64
             * @description Rows of known people, who are updated.
             */
            changed: number;
            /**
             * Format: int64
             * @description Units that are missing and are made.
             */
            new_units: number;
            /**
             * Format: int64
             * @description Rows that give a known person another name, phone, unit or role: these are confirmed.
             */
            to_confirm: number;
            /**
             * Format: int64
             * @description Rows that are hidden in the sheet, by a filter or by hand. They are left out unless they are taken, and counted above then.
             */
            hidden: number;
            hidden_taken: boolean;
            /** @description Whether they can be taken: with them the roster has no more rows than one may have. Otherwise they were counted and not kept. */
            can_take_hidden: boolean;
            /** @description Columns that are hidden in the sheet and were read all the same. */
            hidden_columns: string[];
            /** @description Columns that hold something and were not read, by heading or letter. */
            unread_columns: string[];
            /** @description Sheets that hold something and were not read. */
            unread_sheets: string[];
            /** @description Sheets that are hidden, hold something and were not read. */
            hidden_sheets: string[];
            /** @description Provinces that are missing and are made. */
            new_provinces: string[];
            /**
             * @description The units that are missing and are made, the first 100 of them (all are at `new-units`): those about which somebody has to decide
             *     come first.
             */
            new_unit_list: components["schemas"]["RosterNewUnitView"][];
            /**
             * Format: int64
             * @description How many of them look like a unit that stands or another one in the roster, and nobody decided about them yet. The roster is not
             *     applied before.
             */
            undecided_units: number;
            /** @description Names in the roster that are taken for another unit, as somebody decided. */
            matched_units: components["schemas"]["RosterMatchedUnitView"][];
            /**
             * Format: int64
             * @description People who are not known yet and get a role over their unit.
             */
            new_roles: number;
            /** @description These roles, at most 100 of them. */
            new_role_list: components["schemas"]["RosterNewRoleView"][];
        };
        RosterMatchedUnitView: {
            /** @description As the roster says it. */
            place: string;
            level: components["schemas"]["Level"];
            unit: components["schemas"]["RosterStandingUnitView"] | null;
            /** @description or it is new, and named by another place in the roster. */
            same_as: string | null;
        };
        RosterNewRoleView: {
            /**
             * Format: int32
             * @description The row's number in the file.
             */
            row: number;
            role: components["schemas"]["Role"];
            /** @description The unit over which the role is given, from the province down. */
            place: string;
        };
        RosterNewUnitView: {
            /** @description The unit's name after those above it, from the province down. */
            place: string;
            level: components["schemas"]["Level"];
            /** @description Units that may be the same under another name, the nearest first. */
            like: components["schemas"]["RosterStandingUnitView"][];
            /** @description Places in earlier rows of the roster, new too, that may be the same under another name. */
            alike: string[];
            /** @description Somebody decided that it is another one. */
            decided: boolean;
        };
        /**
         * @description What becomes of a row.
         * @enum {string}
         */
        RosterOutcome: "new" | "changed" | "wrong" | "left_out";
        RosterRowErrorView: {
            /** @description The column, as in `cells`. */
            column: string;
            code: string;
            detail: string;
        };
        RosterRowView: {
            /**
             * Format: int32
             * @description The row's number in the file.
             */
            row: number;
            outcome: components["schemas"]["RosterOutcome"];
            /** @description Hidden in the sheet. */
            hidden: boolean;
            /** @description What was typed, by column; numbers that are right are masked, and those of which the sheet lost the end. */
            cells: {
                [key: string]: string;
            };
            errors: components["schemas"]["RosterRowErrorView"][];
            /** @description What becomes other than it is known of a known person. */
            changes: components["schemas"]["RosterChangeView"][];
        };
        RosterStandingUnitView: {
            id: components["schemas"]["Id_org"];
            /** @description The names from the province down. */
            place: string;
        };
        /**
         * @description How far an import is.
         * @enum {string}
         */
        RosterState: "checked" | "applied";
        /**
         * @description Which unit a name means: one that stands, the one that another place in the roster names, or (`make`) a new one. None of these takes
         *     back what was decided.
         */
        RosterUnitDecision: {
            /** @description The place, as in `new_unit_list` or `matched_units`. */
            place: string;
            unit_id?: components["schemas"]["Id_org"] | null;
            same_as?: string | null;
            make?: boolean;
        };
        /** @description What is decided about names of units. */
        RosterUnitDecisions: {
            decisions: components["schemas"]["RosterUnitDecision"][];
        };
        /** @description A workbook as the part `file` of a form. */
        RosterUpload: {
            /** Format: binary */
            file: string;
        };
        /** @description A rubric as an expert makes it. */
        RubricInput: {
            work_kind: components["schemas"]["WorkKind"];
            title: string;
            title_en?: string;
            criteria: components["schemas"]["CriterionBody"][];
        };
        /** @description A rubric. `most` is in hundredths of a point. */
        RubricView: {
            id: components["schemas"]["Id_rub"];
            work_kind: components["schemas"]["WorkKind"];
            title: string;
            title_en: string;
            /** @description Every installation has it; it is used when a task names none. */
            is_default: boolean;
            /** Format: int32 */
            most: number;
            criteria: components["schemas"]["CriterionBody"][];
        };
        RunAllocation: {
            /**
             * Format: int32
             * @description The same seed gives the same classes; another may find another mix.
             * @default 1
             */
            seed: number;
            /**
             * Format: int32
             * @description At most this share of the experts who lead classes is local.
             * @default 60
             */
            most_local_percent: number;
        };
        /** @description What is stored after a save. */
        SavedAnswersView: {
            answers: components["schemas"]["AnswerView"][];
            late_answers: components["schemas"]["LateAnswerView"][];
            submitted_at?: components["schemas"]["Timestamp"] | null;
            deadline: components["schemas"]["Timestamp"];
            now: components["schemas"]["Timestamp"];
        };
        /** @enum {string} */
        ScopeKind: "system" | "org_unit" | "training" | "class";
        SeenBody: {
            /** Format: int64 */
            number: number;
        };
        /** @description An access token for ten minutes, and whose it is: who enters need not ask again. The refresh token travels in a cookie. */
        SessionView: components["schemas"]["MeView"] & {
            access_token: string;
            expires_at: components["schemas"]["Timestamp"];
        };
        SettleCharter: {
            vision: string;
            clauses: string[];
            /** @description Proposals that went into this text. */
            taken?: components["schemas"]["Id_chc"][];
        };
        /**
         * @description When a learner sees right answers and explanations: never before the last attempt that they may still make, for the best one counts.
         * @enum {string}
         */
        ShowAnswers: "after_last" | "never";
        SignCharter: {
            /**
             * Format: int64
             * @description The version that was read.
             */
            version: number;
        };
        /** @description Who signs in: a phone number or an account name, and the password. */
        SignIn: {
            login: string;
            /** Format: password */
            password: string;
        };
        StaffAssignmentView: {
            id: components["schemas"]["Id_sta"];
            class_id: components["schemas"]["Id_cls"];
            person_id: components["schemas"]["Id_per"];
            role: components["schemas"]["StaffRole"];
        };
        StaffEndedView: {
            invitation_id: components["schemas"]["Id_inv"];
            /** @description The classes that are now without this person. */
            classes: components["schemas"]["ReleasedClassView"][];
        };
        /** @description Who is asked to be what. */
        StaffInvitationInput: {
            person_id: components["schemas"]["Id_per"];
            role: components["schemas"]["StaffRole"];
            message?: string;
        };
        /** @description An invitation as the lead sees it. */
        StaffInvitationView: {
            id: components["schemas"]["Id_inv"];
            person: components["schemas"]["PlanPersonView"];
            org_unit_name?: string | null;
            role: components["schemas"]["StaffRole"];
            message: string;
            state: components["schemas"]["InvitationState"];
            reason?: string | null;
            invited_by_name?: string | null;
            invited_at: components["schemas"]["Timestamp"];
            answered_at?: components["schemas"]["Timestamp"] | null;
            /**
             * Format: int64
             * @description Decisions on it name this version in `If-Match`.
             */
            version: number;
            ended_at?: components["schemas"]["Timestamp"] | null;
            ended_by_name?: string | null;
            end_reason?: string | null;
        };
        /** @description How many people it takes to lead it. */
        StaffNeededBody: {
            /** Format: int32 */
            assistants: number;
            /** Format: int32 */
            experts: number;
        };
        /**
         * @description What somebody is asked to be.
         * @enum {string}
         */
        StaffRole: "assistant" | "expert";
        /** @enum {string} */
        StageName: "planning" | "preparation" | "activities" | "evaluation";
        /** @enum {string} */
        StageState: "done" | "current" | "blocked";
        /** @description One step of the stepper. */
        StageView: {
            name: components["schemas"]["StageName"];
            state: components["schemas"]["StageState"];
            next?: components["schemas"]["NextStep"] | null;
            acts?: components["schemas"]["Role"] | null;
        };
        /** @description Where a learner stands now. */
        StandingView: {
            training_id: components["schemas"]["Id_trn"];
            class_id: components["schemas"]["Id_cls"];
            /**
             * Format: int32
             * @description Hundredths of a percent.
             */
            total: number;
            /** @description What the grade would be if the training ended like this. */
            grade: components["schemas"]["Grade"];
            /** Format: int32 */
            pass_from: number;
            /** Format: int32 */
            good_from: number;
            /** Format: int32 */
            excellent_from: number;
            components: components["schemas"]["ComponentScoreView"][];
            next: components["schemas"]["NextStepView"][];
            /** @description With each task that counts, or will. */
            tasks: components["schemas"]["TaskStandingView"][];
            result?: components["schemas"]["ResultView"] | null;
            computed_at: components["schemas"]["Timestamp"];
        };
        /** @description Which task the attempt is for. */
        StartAttemptInput: {
            task_id: components["schemas"]["Id_tsk"];
        };
        /**
         * @description What happened to an application, as its history tells it.
         * @enum {string}
         */
        StepKind: "submitted" | "recommended" | "not_recommended" | "admitted" | "admitted_ahead" | "waitlisted" | "rejected" | "withdrawn" | "left" | "removed";
        /** @description One file. */
        SubmissionFileForm: {
            /** Format: binary */
            file: string;
        };
        /** @description What is being written, in Markdown. */
        SubmissionInput: {
            text: string;
            /**
             * Format: int64
             * @description The version that the writer saw (0: nothing was saved): another device's newer words are not overwritten.
             */
            based_on: number;
        };
        /**
         * @description Where a submission is in its life.
         * @enum {string}
         */
        SubmissionState: "draft" | "submitted" | "returned" | "graded";
        /** @description What is being written and what was handed in. */
        SubmissionView: {
            id: components["schemas"]["Id_sub"];
            state: components["schemas"]["SubmissionState"];
            /**
             * Format: int64
             * @description Counts the savings of the text.
             */
            version: number;
            draft: string;
            draft_file?: components["schemas"]["WorkFileView"] | null;
            /**
             * Format: int64
             * @description Counts what became of that file: put there, taken away, handed in. Whoever does either names it (`If-Match`; 0 where there is no work).
             */
            file_version: number;
            saved_at: components["schemas"]["Timestamp"];
            /** @description What was handed in: plain text, as it was typed. */
            body?: string | null;
            file?: components["schemas"]["WorkFileView"] | null;
            submitted_at?: components["schemas"]["Timestamp"] | null;
            /** @description The draft says something else than what was handed in. */
            has_changes: boolean;
            /**
             * Format: int64
             * @description How often it can be handed in still.
             */
            hand_ins_left: number;
        };
        /** @description What a task says and asks for. */
        TaskBody: {
            kind: components["schemas"]["TaskKind"];
            title: string;
            title_en?: string;
            /**
             * Format: int64
             * @description About how long it takes.
             */
            minutes: number;
            required?: boolean;
            /** @description What the kind works with: a micro-video (watch), a test paper (test), a rubric (assignment, reflect). */
            ref_id?: string | null;
            /** @description What to do, step by step, in plain words. */
            steps?: string[];
            /** @description Questions that help to write. */
            prompts?: string[];
            /** @description Markdown: the text of a read, the brief of an assignment. */
            body_markdown?: string;
            /**
             * Format: int64
             * @description How much is to be written.
             */
            least_chars?: number;
            /** Format: int64 */
            most_chars?: number;
            /** @description Why it is changed; asked for once classes have the list, and shown to their learners. */
            correction?: string | null;
        };
        /** @description A task as its makers see it. */
        TaskEditView: {
            id: components["schemas"]["Id_tsk"];
            kind?: components["schemas"]["TaskKind"] | null;
            title: string;
            title_en: string;
            /** Format: int64 */
            minutes: number;
            required: boolean;
            ref_id?: string | null;
            steps: string[];
            prompts: string[];
            body_markdown: string;
            /** @description As learners see it. */
            body_html: string;
            /** Format: int64 */
            least_chars: number;
            /** Format: int64 */
            most_chars: number;
            correction?: components["schemas"]["CorrectionView"] | null;
        };
        /**
         * @description The kinds of tasks.
         * @enum {string}
         */
        TaskKind: "watch" | "read" | "discuss" | "test" | "assignment" | "reflect";
        /** @description What a list says of itself. */
        TaskListBody: {
            /** Format: int32 */
            week: number;
            goal: string;
            goal_en?: string;
            /** @description Why the goal is changed; asked for once classes have the list, and shown to their learners. */
            correction?: string | null;
        };
        /** @description A list among the others. */
        TaskListInShortView: {
            id: components["schemas"]["Id_lst"];
            /** Format: int32 */
            week: number;
            goal: string;
            goal_en: string;
            state: components["schemas"]["ListState"];
            /** Format: int64 */
            version: number;
            /**
             * Format: int64
             * @description How many tasks it has, and how many minutes they take.
             */
            tasks: number;
            /** Format: int64 */
            minutes: number;
            /** Format: int64 */
            classes: number;
        };
        /** @description Whether assistants may publish a list. */
        TaskListStateBody: {
            state: components["schemas"]["ListState"];
        };
        /** @description A list with its tasks, as its makers see it. */
        TaskListView: {
            id: components["schemas"]["Id_lst"];
            training_id: components["schemas"]["Id_trn"];
            /** Format: int32 */
            week: number;
            goal: string;
            goal_en: string;
            state: components["schemas"]["ListState"];
            /**
             * Format: int64
             * @description Counts every edit of the list and its tasks: also the `ETag`.
             */
            version: number;
            /**
             * Format: int64
             * @description How many classes have it; from the first on, every change of a task is a correction that says why.
             */
            classes: number;
            updated_at: components["schemas"]["Timestamp"];
            correction?: components["schemas"]["GoalCorrectionView"] | null;
            tasks: components["schemas"]["TaskEditView"][];
        };
        TaskListsView: {
            items: components["schemas"]["TaskListInShortView"][];
        };
        /** @description The tasks of a list, in their new order. */
        TaskOrderBody: {
            task_ids: components["schemas"]["Id_tsk"][];
        };
        /** @description Where a learner stands with a task. */
        TaskStandingView: {
            task_id: components["schemas"]["Id_tsk"];
            state: components["schemas"]["TaskState"];
            /** @description From then on it is late. */
            closes_at: components["schemas"]["Timestamp"];
            /** @description From then on it is not taken. */
            ends_at: components["schemas"]["Timestamp"];
        };
        /**
         * @description How a task is for one learner now.
         * @enum {string}
         */
        TaskState: "waiting" | "claimed" | "started" | "late" | "missed" | "returned" | "below_minimum" | "awaiting_review" | "done";
        /** @description A task by its title. */
        TaskTitleView: {
            id: components["schemas"]["Id_tsk"];
            /** Format: int32 */
            week: number;
            kind: string;
            title: string;
            title_en: string;
        };
        /** @description A task with everything that it takes to do it. */
        TaskView: {
            id: components["schemas"]["Id_tsk"];
            list_id: components["schemas"]["Id_lst"];
            class_id?: components["schemas"]["Id_cls"] | null;
            /** Format: int32 */
            week: number;
            kind?: components["schemas"]["TaskKind"] | null;
            title: string;
            title_en: string;
            /** Format: int64 */
            minutes: number;
            required: boolean;
            ref_id?: string | null;
            steps: string[];
            prompts: string[];
            body_html: string;
            /** Format: int64 */
            least_chars: number;
            /** Format: int64 */
            most_chars: number;
            time_zone: string;
            /** @description Where the task is for the caller: who was given more time has it. */
            phase: components["schemas"]["Phase"];
            /** @description From here on work is late. */
            closes_at: components["schemas"]["Timestamp"];
            /** @description From here on no work is taken. */
            ends_at: components["schemas"]["Timestamp"];
            is_claimed: boolean;
            state: components["schemas"]["TaskState"];
            /** @description Whether its learner can do something about it now. */
            is_asked: boolean;
            test?: components["schemas"]["TestResultView"] | null;
            started_at?: components["schemas"]["Timestamp"] | null;
            done_at?: components["schemas"]["Timestamp"] | null;
            is_late: boolean;
            /** Format: int64 */
            credited_ms: number;
            /** @description Of a micro-video: the media milliseconds that were credited, as [from, to) pairs. */
            covered: number[][];
            /** @description It asks for nothing any more; what was done for it is kept. */
            is_withdrawn: boolean;
            correction?: components["schemas"]["CorrectionView"] | null;
        };
        /** @description What a task said, and why it came to say that. */
        TaskWordingView: {
            /** Format: int64 */
            wording: number;
            made_as?: components["schemas"]["CorrectionKind"] | null;
            note?: string | null;
            made_by_name?: string | null;
            made_at?: components["schemas"]["Timestamp"] | null;
            title: string;
            title_en: string;
            /** Format: int64 */
            minutes: number;
            required: boolean;
            steps: string[];
            prompts: string[];
            /** @description Byte for byte as it was written. */
            body_markdown: string;
            body_html: string;
            /** Format: int64 */
            least_chars: number;
            /** Format: int64 */
            most_chars: number;
        };
        /** @description The wordings of a task, the newest first. */
        TaskWordingsView: {
            items: components["schemas"]["TaskWordingView"][];
        };
        /** @description Everything that a paper says. */
        TestPaperBody: {
            title: string;
            title_en?: string;
            /**
             * Format: int32
             * @description Absent: as long as the week is open.
             */
            minutes?: number | null;
            /** Format: int32 */
            attempts_allowed: number;
            multiple_rule: components["schemas"]["MultipleRule"];
            show_answers: components["schemas"]["ShowAnswers"];
            items: components["schemas"]["ItemBody"][];
        };
        /** @description A paper in a list. */
        TestPaperHeadView: {
            id: components["schemas"]["Id_pap"];
            title: string;
            title_en: string;
            state: components["schemas"]["PaperState"];
            /** Format: int32 */
            minutes?: number | null;
            /** Format: int32 */
            attempts_allowed: number;
            /** Format: int32 */
            points: number;
            /**
             * Format: int64
             * @description How many tasks name it.
             */
            tasks: number;
            updated_at: components["schemas"]["Timestamp"];
            published_at?: components["schemas"]["Timestamp"] | null;
        };
        /** @description A paper as a learner will meet it. */
        TestPaperPreviewView: {
            title: string;
            title_en: string;
            /** Format: int32 */
            minutes?: number | null;
            /** Format: int32 */
            attempts_allowed: number;
            /** Format: int32 */
            points: number;
            items: components["schemas"]["AskedItemView"][];
        };
        /** @description A paper with everything in it, right answers too. */
        TestPaperView: {
            id: components["schemas"]["Id_pap"];
            state: components["schemas"]["PaperState"];
            /**
             * Format: int64
             * @description Also the `ETag`.
             */
            version: number;
            /** Format: int32 */
            points: number;
            updated_at: components["schemas"]["Timestamp"];
            published_at?: components["schemas"]["Timestamp"] | null;
            content: components["schemas"]["TestPaperBody"];
        };
        /** @description What came of a test so far. */
        TestResultView: {
            /**
             * Format: int32
             * @description The best attempt, in hundredths of a percent: never more than was reached.
             */
            score: number;
            /**
             * Format: int32
             * @description What is asked for, in percent.
             */
            minimum: number;
            /** Format: int32 */
            attempts_left: number;
        };
        /** @description What came of a test so far. */
        TestStandingView: {
            /**
             * Format: int32
             * @description The best attempt, in hundredths of a percent: never more than was reached.
             */
            score: number;
            /**
             * Format: int32
             * @description What is asked for, in percent.
             */
            minimum: number;
            /** Format: int32 */
            attempts_left: number;
        };
        /** @description Opens one socket at `/api/v1/live?ticket=…` within 30 seconds. */
        TicketView: {
            ticket: string;
            expires_at: components["schemas"]["Timestamp"];
        };
        /** Format: date-time */
        Timestamp: string;
        /** @description A topic with a stretch of its posts. */
        TopicPageView: {
            topic: components["schemas"]["TopicView"];
            posts: components["schemas"]["PostView"][];
            /**
             * Format: int64
             * @description The number to ask `after` for more; absent at the end.
             */
            next?: number | null;
            /**
             * Format: int64
             * @description How far the reader has come.
             */
            seen: number;
            /** @description Whether the reader is staff here (may pin, close, remove). */
            staff: boolean;
        };
        TopicView: {
            id: components["schemas"]["Id_top"];
            class_id: components["schemas"]["Id_cls"];
            task_id?: components["schemas"]["Id_tsk"] | null;
            author_id: components["schemas"]["Id_per"];
            author_name: string;
            /** @description `discussion` or `question`. */
            kind: string;
            title: string;
            pinned: boolean;
            closed: boolean;
            /**
             * Format: int64
             * @description How many posts it has; also the number of the last one.
             */
            posts: number;
            last_post_at: components["schemas"]["Timestamp"];
            asked_at?: components["schemas"]["Timestamp"] | null;
            answer_by?: components["schemas"]["Timestamp"] | null;
            first_response_at?: components["schemas"]["Timestamp"] | null;
        };
        /** @description What the caller may do in a training. */
        TrainingAccessView: {
            manage: boolean;
            supervise: boolean;
            decide: boolean;
            guide: boolean;
            assist: boolean;
        };
        /** @description The batches of a training, and who could be in the next. */
        TrainingBatchesView: {
            items: components["schemas"]["CertificateBatchView"][];
            /**
             * Format: int64
             * @description Learners who passed and are in no batch.
             */
            waiting: number;
            /** @description Whether a batch may be made: the training is closed, so that its results stand. */
            is_over: boolean;
        };
        /** @description A training in a list. */
        TrainingCardView: {
            id: components["schemas"]["Id_trn"];
            title: string;
            title_en: string;
            org_unit: components["schemas"]["TrainingUnitView"];
            time_zone: string;
            starts_on: components["schemas"]["Date"];
            ends_on: components["schemas"]["Date"];
            /** Format: int32 */
            weeks: number;
            state: components["schemas"]["TrainingState"];
            plan_state: components["schemas"]["PlanState"];
            /**
             * Format: int32
             * @description The week that is open now, if one is.
             */
            current_week?: number | null;
        };
        /** @description Who leads from now on. */
        TrainingLeadInput: {
            /** @description A lead of the training's unit or of one above it, or an administrator. */
            person_id: components["schemas"]["Id_per"];
        };
        /** @description Somebody's part as lead. */
        TrainingLeadView: {
            id: components["schemas"]["Id_tld"];
            person: components["schemas"]["PlanPersonView"];
            org_unit_name?: string | null;
            named_by_name: string;
            named_at: components["schemas"]["Timestamp"];
            ended_at?: components["schemas"]["Timestamp"] | null;
            ended_by_name?: string | null;
            end_reason?: string | null;
            disabled_at?: components["schemas"]["Timestamp"] | null;
        };
        /**
         * @description Where a training is in its life.
         * @enum {string}
         */
        TrainingState: "preparing" | "running" | "closed";
        /** @description A unit by name. */
        TrainingUnitView: {
            id: components["schemas"]["Id_org"];
            name: string;
        };
        /** @description A training with its four stages and what the caller may do in it. */
        TrainingView: components["schemas"]["TrainingCardView"] & {
            stages: components["schemas"]["StageView"][];
            may: components["schemas"]["TrainingAccessView"];
        };
        /** @description How many notices a person has not read. */
        UnreadNoticesView: {
            /** Format: int64 */
            unread: number;
        };
        /** @description What a device played since the last report. */
        WatchEvidenceInput: {
            playback_id: components["schemas"]["Id_plb"];
            records: components["schemas"]["WatchRecordInput"][];
        };
        /** @description One stretch that was played at one speed. */
        WatchRecordInput: {
            /**
             * Format: int32
             * @description Counts up within the playback; sending one again changes nothing.
             */
            counter: number;
            /** Format: int32 */
            from_ms: number;
            /** Format: int32 */
            to_ms: number;
            /**
             * Format: int32
             * @description 100 is the normal speed; more than 200 earns nothing.
             */
            rate_hundredths: number;
            /**
             * Format: int32
             * @description How long it took on the device.
             */
            wall_ms: number;
            is_visible: boolean;
            /**
             * Format: int32
             * @description When the stretch ended, in milliseconds since the playback was opened, by the device's running clock: what was watched in time without
             *     network is in time when its report comes late.
             */
            ended_ms?: number | null;
        };
        /** @description Where the task stands after a report. */
        WatchedView: {
            /** Format: int64 */
            credited_ms: number;
            /** Format: int64 */
            gained_ms: number;
            covered: number[][];
            /** @description What was not credited, each with its reason. */
            refused: components["schemas"]["RefusedStretch"][];
            is_done: boolean;
            /** @description A newer playback has taken the place of this one, or the seat in the class is gone. */
            is_ended: boolean;
        };
        /** @description The list of a week with the caller's progress. */
        WeekListView: {
            id: components["schemas"]["Id_lst"];
            goal: string;
            goal_en: string;
            published_at: components["schemas"]["Timestamp"];
            claimed_at?: components["schemas"]["Timestamp"] | null;
            correction?: components["schemas"]["GoalCorrectionView"] | null;
            tasks: components["schemas"]["WeekTaskView"][];
            /** @description How many more there are of kinds that only a newer version of the program knows. */
            unknown_tasks: number;
        };
        /** @description What a learner does next in a week. */
        WeekStep: {
            /** @enum {string} */
            kind: "sign_charter";
        } | {
            /** @enum {string} */
            kind: "wait";
        } | {
            /** @enum {string} */
            kind: "claim";
        } | {
            task_id: components["schemas"]["Id_tsk"];
            /** @enum {string} */
            kind: "task";
        } | {
            /** @enum {string} */
            kind: "rest";
        } | {
            /** @enum {string} */
            kind: "closed";
        };
        /** @description A task of a week in one line. */
        WeekTaskView: {
            id: components["schemas"]["Id_tsk"];
            /** Format: int32 */
            week: number;
            kind: components["schemas"]["TaskKind"];
            title: string;
            title_en: string;
            /** Format: int64 */
            minutes: number;
            required: boolean;
            ref_id?: string | null;
            state: components["schemas"]["TaskState"];
            /** @description From here on work is late, and from here on no work is taken, for the caller: who was given more time has it. */
            closes_at: components["schemas"]["Timestamp"];
            ends_at: components["schemas"]["Timestamp"];
            /** @description The caller can do something about it now. */
            is_asked: boolean;
            test?: components["schemas"]["TestResultView"] | null;
            done_at?: components["schemas"]["Timestamp"] | null;
            is_late: boolean;
            /**
             * Format: int64
             * @description For micro-videos: what was credited, how long it is, what it costs.
             */
            credited_seconds?: number | null;
            /** Format: int64 */
            video_seconds?: number | null;
            /** Format: int64 */
            video_bytes?: number | null;
            /** @description It asks for nothing any more; what was done for it is kept. */
            is_withdrawn: boolean;
            correction?: components["schemas"]["CorrectionView"] | null;
        };
        /** @description A week of a class. */
        WeekView: {
            class_id: components["schemas"]["Id_cls"];
            class_name: string;
            training_id: components["schemas"]["Id_trn"];
            training_title: string;
            training_title_en: string;
            time_zone: string;
            /** @description As what the caller sees it. */
            role: components["schemas"]["Role"];
            /** Format: int32 */
            week: number;
            /**
             * Format: int32
             * @description How many weeks the training has, and which is the present one.
             */
            weeks: number;
            /** Format: int32 */
            this_week: number;
            phase: components["schemas"]["Phase"];
            opens_at: components["schemas"]["Timestamp"];
            /** @description From here on work is late. */
            closes_at: components["schemas"]["Timestamp"];
            /** @description From here on no work is taken. */
            ends_at: components["schemas"]["Timestamp"];
            /** @description The caller signed the charter that holds. Whether anybody is asked to, the next step says. */
            is_signed: boolean;
            next?: components["schemas"]["WeekStep"] | null;
            /** @description For the ring: tasks done, of all. */
            done: number;
            total: number;
            list?: components["schemas"]["WeekListView"] | null;
            /** @description With the present week: what is left of earlier weeks and still taken from the caller. */
            make_up: components["schemas"]["WeekTaskView"][];
            /**
             * Format: int64
             * @description How many announcements the class has.
             */
            announcements: number;
        };
        /** @description One learner under both schemes. Totals are hundredths of a percent. */
        WhatIfLearnerView: {
            learner: components["schemas"]["AssessedPersonView"];
            class_id: components["schemas"]["Id_cls"];
            /** Format: int32 */
            total_now: number;
            grade_now: components["schemas"]["Grade"];
            /** Format: int32 */
            total_then: number;
            grade_then: components["schemas"]["Grade"];
            /** @description Gates that are missed under the other scheme. */
            missed_then: components["schemas"]["ComponentKind"][];
        };
        /** @description What another scheme would make of the records as they are now. */
        WhatIfView: {
            learners: components["schemas"]["WhatIfLearnerView"][];
            /** @description How many learners have each grade now. */
            grades_now: {
                [key: string]: number;
            };
            grades_then: {
                [key: string]: number;
            };
        };
        /**
         * @description Why a choice came too late to count.
         * @enum {string}
         */
        WhyLate: "too_late" | "handed_in" | "older";
        /** @description A question with choices, each worth a score. */
        WillingnessQuestionBody: {
            key: string;
            text: string;
            choices: components["schemas"]["ChoiceBody"][];
        };
        /** @description Why; it may be left out. */
        WithdrawInput: {
            reason?: string;
        };
        /** @description Why a task is taken back. */
        WithdrawTaskInput: {
            correction: string;
        };
        /** @description A file of a work, with an address that opens it for an hour, and for who was shown it while they may see the work. */
        WorkFileView: {
            id: components["schemas"]["Id_blb"];
            name: string;
            /** Format: int64 */
            bytes: number;
            url: string;
        };
        /**
         * @description What kind of work a rubric or a review is for.
         * @enum {string}
         */
        WorkKind: "assignment" | "reflection";
        /** @description A work with everything that a reviewer needs. */
        WorkView: {
            work_kind: components["schemas"]["WorkKind"];
            work_id: string;
            class_id: components["schemas"]["Id_cls"];
            task_id: components["schemas"]["Id_tsk"];
            learner: components["schemas"]["AssessedPersonView"];
            /** Format: int32 */
            week: number;
            title: string;
            title_en: string;
            brief_html: string;
            /** @description Plain text, as it was typed. */
            body: string;
            file?: components["schemas"]["WorkFileView"] | null;
            /**
             * Format: int64
             * @description Its number among the handings-in of this work; goes along with the review, so that a newer one is noticed.
             */
            hand_in: number;
            submitted_at: components["schemas"]["Timestamp"];
            graded: boolean;
            /** @description It waits for its learner. */
            returned: boolean;
            rubric: components["schemas"]["RubricView"];
            draft?: components["schemas"]["ReviewView"] | null;
            /** @description What the caller had begun when somebody else decided, the oldest first. */
            overtaken: components["schemas"]["ReviewView"][];
            /** @description What was decided before, the oldest first. */
            reviews: components["schemas"]["ReviewView"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_jwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_achievement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_application: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                application_id: components["schemas"]["Id_app"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationDetailView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decide_application: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                application_id: components["schemas"]["Id_app"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecidedView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_admission: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                application_id: components["schemas"]["Id_app"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndLearner"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LearnerEndedView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recommend_application: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                application_id: components["schemas"]["Id_app"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecommendInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplicationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_attempt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attempt_id: components["schemas"]["Id_att"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttemptView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_answers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attempt_id: components["schemas"]["Id_att"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswersInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedAnswersView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submit_attempt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attempt_id: components["schemas"]["Id_att"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswersInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttemptView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_certificate_batches: {
        parameters: {
            query?: {
                state?: components["schemas"]["BatchState"];
                /** @description A part of a learner's name, as it is or as it was printed, or of a certificate's number. */
                find?: string;
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_CertificateBatchView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_certificate_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: components["schemas"]["Id_bat"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateBatchDetail"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    drop_certificate_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: components["schemas"]["Id_bat"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decide_certificate_batch: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                batch_id: components["schemas"]["Id_bat"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideBatchInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateBatchDetail"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_batch_entry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: components["schemas"]["Id_bat"];
                entry_id: components["schemas"]["Id_ben"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    issue_certificate_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: components["schemas"]["Id_bat"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateBatchDetail"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submit_certificate_batch: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                batch_id: components["schemas"]["Id_bat"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateBatchDetail"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_certificate_changes: {
        parameters: {
            query?: {
                state?: components["schemas"]["ChangeState"];
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_CertificateChangeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_certificate_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                change_id: components["schemas"]["Id_cch"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateChangeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirm_certificate_change: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                change_id: components["schemas"]["Id_cch"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateChangeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refuse_certificate_change: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                change_id: components["schemas"]["Id_cch"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefusalInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateChangeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_certificate_change: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                change_id: components["schemas"]["Id_cch"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateChangeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_certificate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                certificate_id: components["schemas"]["Id_crt"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_certificate_credential: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                certificate_id: components["schemas"]["Id_crt"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vc+jwt": string;
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_certificate_pdf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                certificate_id: components["schemas"]["Id_crt"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": number[];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    propose_correction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                certificate_id: components["schemas"]["Id_crt"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CorrectionInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateChangeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    propose_revocation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                certificate_id: components["schemas"]["Id_crt"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevocationInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateChangeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_class: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rename_class: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenameClass"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_announcements: {
        parameters: {
            query?: {
                /** @description How many items at most (1 to 200). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_AnnouncementView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publish_announcement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnnouncementInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnouncementView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_charter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CharterView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    settle_charter: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettleCharter"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CharterView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    propose_charter_clause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProposeClause"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClauseProposedView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_charter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignCharter"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CharterSignedView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_charter_texts: {
        parameters: {
            query?: {
                /** @description How many items at most (1 to 200). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_CharterTextView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_falling_behind: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FallingBehindView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_grading_queue: {
        parameters: {
            query?: {
                /** @description What waits, unless another part is asked for. */
                part?: "waiting" | "returned" | "graded";
                /** @description How many graded works at most (1 to 200). The other parts come whole: they are the work of at most 20 learners. */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_QueuedWorkView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_class_matrix: {
        parameters: {
            query?: {
                /** @description This week when absent. */
                week?: number;
            };
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassMatrixView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_class_members: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassMembersView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assign_class_staff: {
        parameters: {
            query?: never;
            header: {
                /** @description The version of the board that was read */
                "If-Match": string;
            };
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignClassStaff"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffAssignmentView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_class_standings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_LearnerStandingView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_class_task_lists: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassTaskListsView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_task_topic: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_this_week: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WeekView"];
                };
            };
            /** @description As it was */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_topics: {
        parameters: {
            query?: {
                /** @description How many items at most (1 to 200). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_ListedTopicView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_topic: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTopicBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_unanswered: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicView"][];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_week: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                class_id: components["schemas"]["Id_cls"];
                week: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WeekView"];
                };
            };
            /** @description As it was */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_credit_entries: {
        parameters: {
            query?: {
                /** @description A part of a teacher's name, as it is or as it was printed, or of a certificate's number. */
                find?: string;
                limit?: number;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_CreditEntryView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    use_first_use: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FirstUse"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_first_use: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FirstUseView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_grants: {
        parameters: {
            query?: {
                role?: components["schemas"]["Role"];
                /** @description How many at most (1 to 200). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_GrantView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    give_grant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGrant"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_grant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                grant_id: components["schemas"]["Id_grt"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_socket: {
        parameters: {
            query: {
                /** @description From `POST /api/v1/live/ticket`. */
                ticket: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The socket is open */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    poll_events: {
        parameters: {
            query: {
                /** @description Such as `class:cls_…`. */
                channel: string;
                /** @description The `number` of the answer before; leave it out at first. */
                after?: number;
                /** @description The `epoch` of the answer before; leave it out at first. */
                epoch?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What followed, or that it cannot be told */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventsView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    issue_ticket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A ticket for one socket */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_my_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPassword"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    edit_micro_video: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                micro_video_id: components["schemas"]["Id_vid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MicroVideoBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MicroVideoView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_playback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                micro_video_id: components["schemas"]["Id_vid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaybackAddressView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_micro_video_poster: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                micro_video_id: components["schemas"]["Id_vid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["FileForm"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MicroVideoView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_micro_video_subtitles: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                micro_video_id: components["schemas"]["Id_vid"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["FileForm"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MicroVideoView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_applications: {
        parameters: {
            query?: {
                /** @description How many items at most (1 to 200). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_ApplicationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_certificates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyCertificates"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_classes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyClassesView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_my_credits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyCreditsView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_staff_invitations: {
        parameters: {
            query?: {
                /** @description How many items at most (1 to 200). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_MyStaffInvitationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_my_standing: {
        parameters: {
            query: {
                training_id: components["schemas"]["Id_trn"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StandingView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_notices: {
        parameters: {
            query?: {
                /** @description How many items at most (1 to 200). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_PersonNoticeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mark_all_notices_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    count_unread_notices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnreadNoticesView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mark_notice_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                notice_id: components["schemas"]["Id_ntc"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_org_units: {
        parameters: {
            query?: {
                parent?: components["schemas"]["Id_org"];
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrgUnitsView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_org_unit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOrgUnit"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrgUnitView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_org_unit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org_unit_id: components["schemas"]["Id_org"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrgUnitView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_org_unit: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                org_unit_id: components["schemas"]["Id_org"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrgUnitChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrgUnitView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_people: {
        parameters: {
            query?: {
                /** @description Belonging to this unit or one below it. */
                org_unit_id?: components["schemas"]["Id_org"];
                /** @description Part of the name or account name, or a whole phone number. */
                name?: string;
                /** @description How many at most (1 to 200). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_PersonView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_person: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDetailView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: components["schemas"]["Id_per"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDetailView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_person: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                person_id: components["schemas"]["Id_per"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDetailView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disable_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: components["schemas"]["Id_per"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDetailView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enable_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: components["schemas"]["Id_per"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonDetailView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    issue_first_use_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: components["schemas"]["Id_per"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FirstUseLinkView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_grants_of_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: components["schemas"]["Id_per"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantsOfPersonView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reveal_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person_id: components["schemas"]["Id_per"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RevealReason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevealedView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_placement_effect: {
        parameters: {
            query: {
                /** @description The class to go to. */
                class_id: components["schemas"]["Id_cls"];
                /** @description Somebody of that class who comes in exchange. */
                exchange_with?: components["schemas"]["Id_plc"];
            };
            header?: never;
            path: {
                placement_id: components["schemas"]["Id_plc"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MoveEffectView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    move_placement: {
        parameters: {
            query?: never;
            header: {
                /** @description The version of the board that was read */
                "If-Match": string;
            };
            path: {
                placement_id: components["schemas"]["Id_plc"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MovePlacement"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MoveEffectView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    edit_post: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                post_id: components["schemas"]["Id_pst"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditPostBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_post: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                post_id: components["schemas"]["Id_pst"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verify_certificate_file: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["CertificateUpload"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicCertificateView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_public_certificate: {
        parameters: {
            query?: {
                /** @description The key beside the number on the certificate; it is in the QR code too. */
                key?: string;
            };
            header?: never;
            path: {
                serial: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicCertificateView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_public_trainings: {
        parameters: {
            query?: {
                /** @description How many items at most (1 to 100). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: components["schemas"]["Id_trn"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_PublicTrainingView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_public_notice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicNoticeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_recommendations: {
        parameters: {
            query?: {
                /** @description How many items at most (1 to 200). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: components["schemas"]["Id_app"];
                /** @description Those that wait for a word (the default), or those that have it. */
                waiting?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_ApplicationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_reflection_hand_ins: {
        parameters: {
            query?: {
                /** @description How many items at most (1 to 20). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: number;
            };
            header?: never;
            path: {
                reflection_id: components["schemas"]["Id_ref"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_HandInView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_reflection_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reflection_id: components["schemas"]["Id_ref"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finish_reflection_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reflection_id: components["schemas"]["Id_ref"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FinishReviewInput"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_reflection_work: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                reflection_id: components["schemas"]["Id_ref"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_resource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                resource_id: components["schemas"]["Id_res"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_resource_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                resource_id: components["schemas"]["Id_res"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileAddressView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_roster_imports: {
        parameters: {
            query?: {
                /** @description How many items at most (1 to 200). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_RosterImportView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    upload_roster: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["RosterUpload"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterImportView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_roster_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                roster_import_id: components["schemas"]["Id_imp"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterImportView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    apply_roster_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                roster_import_id: components["schemas"]["Id_imp"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RosterApply"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterImportView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_roster_errors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                roster_import_id: components["schemas"]["Id_imp"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hand_out_first_use_links: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                roster_import_id: components["schemas"]["Id_imp"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandOut"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    choose_hidden_rows: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                roster_import_id: components["schemas"]["Id_imp"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HiddenRows"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterImportView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_roster_new_units: {
        parameters: {
            query?: {
                /** @description How many items at most (1 to 200). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path: {
                roster_import_id: components["schemas"]["Id_imp"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_RosterNewUnitView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_roster_rows: {
        parameters: {
            query?: {
                /** @description Only rows that cannot be imported. */
                only_wrong?: boolean;
                /** @description Only rows that give a known person another name, phone, unit or role. */
                only_to_confirm?: boolean;
                /** @description Only rows that are hidden in the sheet. */
                only_hidden?: boolean;
                /** @description How many at most (1 to 200). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path: {
                roster_import_id: components["schemas"]["Id_imp"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_RosterRowView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    choose_roster_units: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                roster_import_id: components["schemas"]["Id_imp"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RosterUnitDecisions"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RosterImportView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_roster_template: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refresh_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_out_everywhere: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dismiss_class_staff: {
        parameters: {
            query?: never;
            header: {
                /** @description The version of the board that was read */
                "If-Match": string;
            };
            path: {
                assignment_id: components["schemas"]["Id_sta"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DismissClassStaff"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffAssignmentView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accept_staff_invitation: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                invitation_id: components["schemas"]["Id_inv"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyStaffInvitationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decline_staff_invitation: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                invitation_id: components["schemas"]["Id_inv"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeclineInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyStaffInvitationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_staff_invitation: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                invitation_id: components["schemas"]["Id_inv"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndStaff"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffEndedView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_staff_invitation: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                invitation_id: components["schemas"]["Id_inv"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffInvitationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_submission: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                submission_id: components["schemas"]["Id_sub"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_submission_hand_ins: {
        parameters: {
            query?: {
                /** @description How many items at most (1 to 20). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: number;
            };
            header?: never;
            path: {
                submission_id: components["schemas"]["Id_sub"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_HandInView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_submission_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                submission_id: components["schemas"]["Id_sub"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finish_submission_review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                submission_id: components["schemas"]["Id_sub"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FinishReviewInput"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_task_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                list_id: components["schemas"]["Id_lst"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskListView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    edit_task_list: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                list_id: components["schemas"]["Id_lst"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskListBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskListView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    claim_task_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                list_id: components["schemas"]["Id_lst"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    order_tasks: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                list_id: components["schemas"]["Id_lst"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskOrderBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskListView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_task_list_state: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                list_id: components["schemas"]["Id_lst"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskListStateBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskListView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_task: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                list_id: components["schemas"]["Id_lst"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskListView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_task: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    edit_task: {
        parameters: {
            query?: never;
            header: {
                /** @description The version of the list that was read */
                "If-Match": string;
            };
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskListView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_task: {
        parameters: {
            query?: never;
            header: {
                /** @description The version of the list that was read */
                "If-Match": string;
            };
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskListView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_playback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaybackInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlaybackView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finish_reading: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_reflection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReflectionView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_reflection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReflectionDraftBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReflectionView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hand_in_reflection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReflectionInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReflectionView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_reviews: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewView"][];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_task: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_my_submission: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MySubmissionView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_submission: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmissionInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmissionView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    attach_submission_file: {
        parameters: {
            query?: never;
            header: {
                /** @description The version of the file that was seen */
                "If-Match": string;
            };
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["SubmissionFileForm"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmissionView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_submission_file: {
        parameters: {
            query?: never;
            header: {
                /** @description The version of the file that was seen */
                "If-Match": string;
            };
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmissionView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hand_in_submission: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HandInInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmissionView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_my_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyTestView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    report_watching: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WatchEvidenceInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WatchedView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_task: {
        parameters: {
            query?: never;
            header: {
                /** @description The version of the list that was read */
                "If-Match": string;
            };
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawTaskInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskListView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_task_wordings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: components["schemas"]["Id_tsk"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskWordingsView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_attempt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                paper_id: components["schemas"]["Id_pap"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartAttemptInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttemptView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_topic: {
        parameters: {
            query?: {
                /** @description Posts after this number. */
                after?: number;
                /** @description How many at most (1 to 100). */
                limit?: number;
            };
            header?: never;
            path: {
                topic_id: components["schemas"]["Id_top"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicPageView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    close_topic: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                topic_id: components["schemas"]["Id_top"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pin_topic: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                topic_id: components["schemas"]["Id_top"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PinBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                topic_id: components["schemas"]["Id_top"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPostBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    see_topic: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                topic_id: components["schemas"]["Id_top"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SeenBody"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_training_lead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                lead_id: components["schemas"]["Id_tld"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndTrainingLead"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingLeadView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_trainings: {
        parameters: {
            query?: {
                /** @description How many items at most (1 to 200). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: components["schemas"]["Id_trn"];
                /** @description Only those whose plan is in this state, such as the ones that wait for a decision. */
                plan_state?: components["schemas"]["PlanState"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_TrainingCardView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_training: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTrainingInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingCardView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_training: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_admission_summary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdmissionSummaryView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_allocation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AllocationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    run_allocation: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunAllocation"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AllocationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lock_allocation: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LockAllocation"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AllocationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlock_allocation: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publish_allocation: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublishAllocation"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AllocationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_applications: {
        parameters: {
            query?: {
                /** @description How many items at most (1 to 200). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: components["schemas"]["Id_app"];
                state?: components["schemas"]["ApplicationState"];
                /** @description Of those that are withdrawn, the ones that came to it in this way. */
                ended?: components["schemas"]["EndedAs"];
                /** @description A part of the applicant's name. */
                name?: string;
            };
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_ApplicationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    admit_next_application: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdmitNextInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecidedView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decide_applications: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideManyInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecidedManyView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_next_waiting: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NextWaitingView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_board_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BoardSettings"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_board_settings: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BoardSettings"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BoardSettings"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_certificate_batches_of_training: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingBatchesView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_certificate_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateBatchDetail"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    close_training: {
        parameters: {
            query?: never;
            header: {
                /** @description The version of the evaluation scheme that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseTrainingInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputedView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_departed_learners: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_DepartedLearnerView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_evaluation_scheme: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvaluationSchemeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_evaluation_scheme: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EvaluationSchemeBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvaluationSchemeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    try_evaluation_scheme: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EvaluationSchemeBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhatIfView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_items: {
        parameters: {
            query?: {
                /** @description How many items at most (1 to 200). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_ItemBody"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_training_leads: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_TrainingLeadView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    name_training_lead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrainingLeadInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingLeadView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_micro_videos: {
        parameters: {
            query?: {
                /** @description How many items at most (1 to 200). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_MicroVideoView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_micro_video: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["MicroVideoForm"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MicroVideoView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_my_application: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyApplicationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_my_application: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswersBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyApplicationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submit_my_application: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyApplicationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_my_application: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyApplicationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_notice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_notice: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoticeBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publish_notice: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_opening: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpeningView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    place_learner: {
        parameters: {
            query?: never;
            header: {
                /** @description The version of the board that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceLearner"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacementView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_plan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_plan: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approve_plan: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApprovePlanInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    return_plan: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReturnPlanInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_plan_submissions: {
        parameters: {
            query?: {
                /** @description How many items at most (1 to 200). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_PlanSubmissionView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submit_plan: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_resource_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["ResourceForm"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_resources: {
        parameters: {
            query?: {
                /** @description How many items at most (1 to 200). */
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_ResourceView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_resource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResourceInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_results: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_ResultView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compute_results: {
        parameters: {
            query?: never;
            header: {
                /** @description The version of the evaluation scheme that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ComputeResultsInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputedView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_result: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
                person_id: components["schemas"]["Id_per"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResultView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_rubrics: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_RubricView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_rubric: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RubricInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RubricView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_staff_invitations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_StaffInvitationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invite_staff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StaffInvitationInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffInvitationView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_task_lists: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskListsView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_task_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskListBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskListView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_test_papers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Paged_TestPaperHeadView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_test_paper: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestPaperBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestPaperView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_test_paper: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
                paper_id: components["schemas"]["Id_pap"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestPaperView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_test_paper: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was read */
                "If-Match": string;
            };
            path: {
                training_id: components["schemas"]["Id_trn"];
                paper_id: components["schemas"]["Id_pap"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestPaperBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestPaperView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_test_paper: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
                paper_id: components["schemas"]["Id_pap"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestPaperPreviewView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publish_test_paper: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                training_id: components["schemas"]["Id_trn"];
                paper_id: components["schemas"]["Id_pap"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublishPaperInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestPaperView"];
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_blob: {
        parameters: {
            query: {
                /** @description Until when, in seconds since 1970. */
                exp: number;
                /** @description To whom it was given out. */
                by: string;
                /** @description In which session. */
                on: string;
                /** @description As somebody of which class or training; `own` for their own file. */
                of: string;
                sig: string;
                /** @description `attachment` when it is to be saved. */
                as?: string;
            };
            header?: never;
            path: {
                blob_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The range that was asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description As it was */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The range lies beyond the end */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_status_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                list: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vc+jwt": string;
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_public_credential: {
        parameters: {
            query?: {
                /** @description The certificate's key: a credential holds a name, and numbers can be guessed. */
                k?: string;
            };
            header?: never;
            path: {
                serial: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vc+jwt": string;
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_issuer_profile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org_unit_id: components["schemas"]["Id_org"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_keys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description What went wrong */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
