"""Opens a sample results file with h5py: values, attributes, dimensions, chunks and filters."""

import sys

import h5py

import expected

path, expectations = sys.argv[1:]
values, attributes = expected.read(expectations)
tables = {"stays": "stay", "ledger": "entry"}
variables = {}

with h5py.File(path) as file:
    file.visititems(lambda name, item: variables.update({name: item}) if isinstance(item, h5py.Dataset) else None)
    missing = set(values) - set(variables)
    assert not missing, f"not in the file: {missing}"
    assert file.userblock_size == 512

    for name, expected_values in values.items():
        dataset = variables[name]
        found = dataset.asstr()[()] if h5py.check_string_dtype(dataset.dtype) else dataset[()]
        expected.check(name, [found] if dataset.shape == () else found.ravel().tolist(), expected_values)
    for (name, attribute), text in attributes.items():
        found = file[name or "/"].attrs[attribute]
        assert str(found) == text, f"{name}@{attribute}: {found}"

    for name, dataset in variables.items():
        for attribute in ("units", "long_name", "description"):
            assert isinstance(dataset.attrs[attribute], str) and dataset.attrs[attribute], f"{name} has no {attribute}"
        if "flag_meanings" in dataset.attrs:
            assert len(dataset.attrs["flag_values"]) == len(dataset.attrs["flag_meanings"].split())
            assert dataset.attrs["flag_values"].dtype == dataset.dtype

        # Every dimension has a scale, that of a table in its group, and the scale knows the variable,
        # by HDF5's own account.
        if not h5py.h5ds.is_scale(dataset.id):
            group = name.rpartition("/")[0]
            for position, dimension in enumerate(dataset.dims):
                (scale,) = dimension.values()
                assert h5py.h5ds.is_attached(dataset.id, scale.id, position), name
                assert scale.parent.name == "/" + (group if group in tables else ""), name
                assert scale.size == dataset.shape[position], name
        if dataset.ndim == 3:
            assert [d[0].name for d in dataset.dims] == ["/strategy", "/replication", "/month"]

        if dataset.shape and dataset.size and not h5py.check_string_dtype(dataset.dtype):
            assert dataset.compression == "gzip" and dataset.shuffle and dataset.fletcher32, name
            chunk = dataset.dtype.itemsize
            for length in dataset.chunks:
                chunk *= length
            if dataset.ndim == 4:  # communes are cut at the same replications as the months
                assert dataset.chunks[1] == file["gps"].chunks[1], name
            else:
                whole = dataset.chunks == dataset.shape
                assert whole or 64 * 1024 <= chunk <= 1024 * 1024, f"{name}: {chunk}"
            assert chunk <= 1024 * 1024

    order = [file.id.links.get_info(n.encode()).corder for n in ("strategy", "residents", "stays", "provenance")]
    assert order == sorted(order), "not in the order of creation"
    assert all(h5py.h5ds.is_scale(variables[f"{table}/{row}"].id) for table, row in tables.items())
