# What find_package(pdes) reads: the target pdes::pdes, headers only, which needs nothing else. Where
# TBB is installed there is pdes::parallel too, for those who include parallel_engine.hpp; ask for it
# by find_package(pdes COMPONENTS parallel). Those who include mpi_link.hpp ask for COMPONENTS mpi and
# get pdes::mpi, if TBB and MPI are installed.
include(${CMAKE_CURRENT_LIST_DIR}/pdesTargets.cmake)

find_package(TBB QUIET)
if(TARGET TBB::tbb AND NOT TARGET pdes::parallel)
  add_library(pdes::parallel INTERFACE IMPORTED)
  target_link_libraries(pdes::parallel INTERFACE pdes::pdes TBB::tbb)
endif()

if("mpi" IN_LIST pdes_FIND_COMPONENTS)
  set(MPI_CXX_SKIP_MPICXX ON)
  find_package(MPI QUIET COMPONENTS CXX)
  if(TARGET MPI::MPI_CXX AND TARGET pdes::parallel AND NOT TARGET pdes::mpi)
    add_library(pdes::mpi INTERFACE IMPORTED)
    target_link_libraries(pdes::mpi INTERFACE pdes::parallel MPI::MPI_CXX)
  endif()
endif()

foreach(component IN LISTS pdes_FIND_COMPONENTS)
  if(TARGET pdes::${component})
    set(pdes_${component}_FOUND TRUE)
  elseif(pdes_FIND_REQUIRED_${component})
    set(pdes_FOUND FALSE)
    set(pdes_NOT_FOUND_MESSAGE "no component ${component} here: there is parallel where TBB is \
installed (Debian: libtbb-dev), and mpi where TBB and MPI are (Debian: libopenmpi-dev)")
  endif()
endforeach()
