# Installs the component `pdes` of BUILD under WORK, checks that nothing else comes with it, then
# configures, builds and runs CONSUMER, which sees the installed files only.
function(run)
  execute_process(COMMAND ${ARGV}
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    list(JOIN ARGV " " command)
    message(FATAL_ERROR "${command}\nends with ${status}:\n${output}")
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix --component pdes)

file(GLOB_RECURSE installed RELATIVE ${WORK}/prefix ${WORK}/prefix/*)
foreach(file IN LISTS installed)
  if(NOT file MATCHES "^include/pdes/[a-z_]+\\.hpp$" AND
     NOT file MATCHES "^lib[^ ]*/cmake/pdes/pdes[A-Za-z]+\\.cmake$")
    message(FATAL_ERROR "${file} does not belong to the kernel")
  endif()
endforeach()

run(${CMAKE_COMMAND} -S ${CONSUMER} -B ${WORK}/build -G ${GENERATOR}
  -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_BUILD_TYPE=Release
  -D CMAKE_PREFIX_PATH=${WORK}/prefix -D EXAMPLES=${EXAMPLES} -D COMPONENTS=${COMPONENTS})
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${CMAKE_COMMAND} -D PROGRAM=${WORK}/build/mm1 -D EXPECTED=${EXAMPLES}/mm1.out
  -P ${EXAMPLES}/check_output.cmake)
run(${WORK}/build/threads)
if(COMPONENTS MATCHES mpi)
  run(${MPIEXEC} -n 2 ${WORK}/build/ranks)
endif()
