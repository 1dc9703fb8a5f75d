/// The virtual file driver that shows HDF5 a `Storage` as if it were a file.
#pragma once

#include <hdf5.h>

#include "record/hdf5_file.hpp"

namespace record::hdf5 {

/// Makes a file access property list use `link`, which must outlive every file opened with it.
/// Returns a negative number if HDF5 refuses.
herr_t use_storage(hid_t access, Link& link);

}  // namespace record::hdf5
