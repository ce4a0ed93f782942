UPDATE "roles" SET "permissions" = array_remove(array_remove("permissions", 'department.manage'), 'department.manage_own');
