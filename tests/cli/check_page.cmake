# Runs PROGRAM, a list of words. Fails unless it prints what FILE holds.
execute_process(COMMAND ${PROGRAM} OUTPUT_VARIABLE output RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} ends with ${status}")
endif()
file(READ ${FILE} page)
if(NOT output STREQUAL page)
  message(FATAL_ERROR "${FILE} is out of date: the tables of the program have changed. "
                      "ninja refresh_docs writes it anew.")
endif()
