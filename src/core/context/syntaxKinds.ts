// Names of nodes in the grammars of tree-sitter that come with the editor, all languages together: where two grammars share a
// name, they mean the same.

/** Gives a name to something that other files may use. */
export const defining = setOf(
  'function_declaration generator_function_declaration class_declaration abstract_class_declaration interface_declaration ' +
    'type_alias_declaration enum_declaration internal_module method_definition method_signature ' +
    'abstract_method_signature public_field_definition function_signature ' +
    'function_definition class_definition ' +
    'method_declaration type_spec type_alias const_spec var_spec ' +
    'function_item function_signature_item struct_item enum_item trait_item impl_item mod_item const_item static_item ' +
    'type_item macro_definition union_item ' +
    'record_declaration annotation_type_declaration constructor_declaration ' +
    'trait_declaration class module method singleton_method',
);

/** Names several things at once, of interest only where it does not stand within a function. */
export const declaring = setOf('lexical_declaration variable_declaration');

/** Has no body that could be left out: all of it says what it is. */
export const allHead = setOf(
  'type_alias_declaration interface_declaration enum_declaration method_signature abstract_method_signature ' +
    'function_signature function_signature_item type_spec type_alias type_item struct_item enum_item union_item',
);

/** May hold definitions that other files use. What is not here, functions above all, keeps its own to itself. */
export const holding = setOf(
  'program module source_file export_statement decorated_definition ambient_declaration expression_statement ' +
    'class_declaration abstract_class_declaration class_body interface_declaration interface_body object_type ' +
    'internal_module class_definition type_declaration const_declaration var_declaration ' +
    'impl_item trait_item mod_item declaration_list enum_declaration enum_body enum_body_declarations ' +
    'record_declaration annotation_type_declaration annotation_type_body namespace_definition trait_declaration ' +
    'enum_declaration_list class body_statement var_spec_list',
);

/** Holds definitions in a block of a kind that functions have too: to be entered from these only. */
export const holdingBlock = setOf('class_definition internal_module module namespace_definition');

/** Has parts that stand for themselves: between two of them a text may be cut. */
export const separable = setOf(
  'program module source_file statement_block class_body interface_body object_type enum_body block declaration_list ' +
    'field_declaration_list compound_statement ordered_field_declaration_list enum_variant_list switch_body match_block ' +
    'interface_type const_declaration var_declaration import_spec_list var_spec_list type_declaration ' +
    'import_declaration enum_body_declarations constructor_body switch_block annotation_type_body statement_list ' +
    'enum_declaration_list body_statement do_block then block_body expression_switch_statement type_switch_statement ' +
    'object array dictionary list initializer_list literal_value array_initializer field_initializer_list ' +
    'array_expression tuple hash array_creation_expression',
);

/** Belongs to what comes next. */
export const leading = setOf(
  'comment line_comment block_comment doc_comment attribute_item inner_attribute_item decorator',
);

function setOf(names: string): ReadonlySet<string> {
  return new Set(names.split(' '));
}
