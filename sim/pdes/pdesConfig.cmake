# What find_package(pdes) reads: the target pdes::pdes, headers only, and the headers of Random123.
find_path(RANDOM123_INCLUDE_DIR Random123/philox.h)
mark_as_advanced(RANDOM123_INCLUDE_DIR)
if(NOT RANDOM123_INCLUDE_DIR)
  set(pdes_FOUND FALSE)
  set(pdes_NOT_FOUND_MESSAGE
      "Random123/philox.h not found: set RANDOM123_INCLUDE_DIR (Debian: librandom123-dev)")
  return()
endif()
include(${CMAKE_CURRENT_LIST_DIR}/pdesTargets.cmake)
target_include_directories(pdes::pdes SYSTEM INTERFACE ${RANDOM123_INCLUDE_DIR})
