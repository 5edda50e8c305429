// Foundation has an ICU of its own, whose types must not be declared a second time.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

// `xmlFree` is a variable, which Swift takes for one that threads may change.
static inline void clara_xml_free(void *memory) { xmlFree(memory); }
