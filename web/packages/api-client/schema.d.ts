export interface paths {
    "/api/v1/sign-in": {
        post: operations["sign_in"];
    };
    "/api/v1/session/refresh": {
        post: operations["refresh"];
    };
    "/api/v1/sign-out": {
        post: operations["sign_out"];
    };
    "/api/v1/sign-out-everywhere": {
        post: operations["sign_out_everywhere"];
    };
    "/api/v1/first-use/{token}": {
        get: operations["read_first_use"];
    };
    "/api/v1/first-use": {
        post: operations["first_use"];
    };
    "/api/v1/me": {
        get: operations["me"];
    };
    "/api/v1/live/ticket": {
        post: operations["live_ticket"];
    };
}
export interface components {
    schemas: {
        SignIn: {
            login: string;
            password: string;
        };
        SessionGrant: {
            access_token: string;
            /** Format: date-time */
            expires_at: string;
            person: components["schemas"]["PersonRef"];
        };
        PersonRef: {
            id: string;
            name: string;
        };
        FirstUseView: {
            name: string;
            account_name: string;
        };
        FirstUse: {
            token: string;
            password: string;
        };
        Me: {
            person: {
                id: string;
                name: string;
                account_name: string;
                phone_masked: string | null;
                org_unit: components["schemas"]["OrgUnitRef"] | null;
            };
            places: ("learn" | "teach" | "office")[];
            grants: components["schemas"]["GrantView"][];
        };
        OrgUnitRef: {
            id: string;
            name: string;
        };
        GrantView: {
            id: string;
            role: "learner" | "assistant" | "expert" | "training_lead" | "school_head" | "provincial_office" | "administrator";
            scope_kind: string;
            scope_id: string | null;
            scope_name: string | null;
        };
        LiveTicket: {
            ticket: string;
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
        };
    };
}
type Json<T> = { headers: { [name: string]: unknown }; content: { "application/json": T } };
type Refused = { headers: { [name: string]: unknown }; content: { "application/problem+json": components["schemas"]["Problem"] } };
type Nothing = { headers: { [name: string]: unknown }; content?: never };
export interface operations {
    sign_in: {
        requestBody: { content: { "application/json": components["schemas"]["SignIn"] } };
        responses: { 200: Json<components["schemas"]["SessionGrant"]>; 401: Refused };
    };
    refresh: {
        responses: { 200: Json<components["schemas"]["SessionGrant"]>; 401: Refused };
    };
    sign_out: {
        responses: { 204: Nothing };
    };
    sign_out_everywhere: {
        requestBody: { content: { "application/json": Record<string, never> } };
        responses: { 204: Nothing };
    };
    read_first_use: {
        parameters: { path: { token: string } };
        responses: { 200: Json<components["schemas"]["FirstUseView"]>; 404: Refused };
    };
    first_use: {
        requestBody: { content: { "application/json": components["schemas"]["FirstUse"] } };
        responses: { 200: Json<components["schemas"]["SessionGrant"]>; 404: Refused; 422: Refused };
    };
    me: {
        responses: { 200: Json<components["schemas"]["Me"]>; 401: Refused };
    };
    live_ticket: {
        responses: { 200: Json<components["schemas"]["LiveTicket"]>; 401: Refused };
    };
}
