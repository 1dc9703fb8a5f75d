#include "experiment/build_info.hpp"

namespace experiment {

const std::string_view version = MAILLAGE_VERSION;
const std::string_view commit = MAILLAGE_COMMIT;
const std::string_view compiler = MAILLAGE_COMPILER;

}  // namespace experiment
