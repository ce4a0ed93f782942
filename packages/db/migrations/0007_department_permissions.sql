-- Built-in roles cannot be changed by hand: those that exist get what new ones start with.
UPDATE "roles" SET "permissions" = "permissions" || '{department.manage,department.manage_own}'
WHERE "is_built_in" AND "key" IN ('super_admin', 'admin');
--> statement-breakpoint
UPDATE "roles" SET "permissions" = "permissions" || '{department.manage_own}'
WHERE "is_built_in" AND "key" = 'manager';
