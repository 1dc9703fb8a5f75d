/// Which program this is.
#pragma once

#include <string_view>

namespace experiment {

extern const std::string_view version;   ///< of Maillage
extern const std::string_view commit;    ///< of its sources when the build was configured
extern const std::string_view compiler;  ///< name and version

}  // namespace experiment
