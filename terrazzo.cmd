@echo off
rem Starts Terrazzo: finds a JDK, builds on first use or after a change, then runs the studio (no argument) or a command.
rem   TERRAZZO_JAVA_OPTS   more options for the JVM, for example -Xmx8g
setlocal EnableExtensions DisableDelayedExpansion
set "NEEDED_JDK=25"
set "MAIN_CLASS=terrazzo.cli.Main"
set "HERE=%~dp0"
set "HERE=%HERE:~0,-1%"
set "DIST=%HERE%\app\target\dist"
set "STAMP=%DIST%\built"

call :find_jdk
if not defined JDK (
    echo terrazzo: a JDK %NEEDED_JDK% or newer is needed and was not found. 1>&2
    echo   looked at: JAVA_HOME, java on the PATH, %%ProgramFiles%%\Java, Eclipse Adoptium, Microsoft, Zulu 1>&2
    echo   get one from https://adoptium.net, or set JAVA_HOME to where it is 1>&2
    exit /b 1
)

if not exist "%STAMP%" (
    call :build "first use, a few minutes" || exit /b 1
) else (
    call :is_stale && (call :build "sources changed" || exit /b 1)
)

rem OpenMP's idle threads spin by default, which starves small operators on a busy machine.
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=PASSIVE"
set "JVM_FLAGS=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dai.djl.offline=true"
if "%~1"=="" (
    "%JDK%\bin\java" %JVM_FLAGS% %TERRAZZO_JAVA_OPTS% -cp "%DIST%\lib\*" %MAIN_CLASS% studio
) else (
    "%JDK%\bin\java" %JVM_FLAGS% %TERRAZZO_JAVA_OPTS% -cp "%DIST%\lib\*" %MAIN_CLASS% %*
)
exit /b %ERRORLEVEL%

:find_jdk
set "JDK="
if defined JAVA_HOME call :accept "%JAVA_HOME%"
for %%J in (java.exe) do if not "%%~$PATH:J"=="" call :accept "%%~dp$PATH:J.."
for %%R in ("%ProgramFiles%\Java" "%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%USERPROFILE%\.jdks") do (
    for /d %%D in ("%%~R\*") do call :accept "%%~D"
)
exit /b 0

rem Keeps the folder as JDK when there is none yet and its release file names a version that is new enough.
:accept
if defined JDK exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==." %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do (
    for /f "delims=+-_ " %%N in ("%%~V") do if %%~N GEQ %NEEDED_JDK% set "JDK=%~f1"
)
exit /b 0

rem Succeeds when a source is newer than the last build.
:is_stale
if not exist "%HERE%\pom.xml" exit /b 1
powershell -NoProfile -Command "$t = (Get-Item -LiteralPath '%STAMP%').LastWriteTime; $s = @('pom.xml','resources\pom.xml','configs\pom.xml','engine\pom.xml','app\pom.xml','resources\src\main','engine\src\main','app\src\main') | ForEach-Object { Join-Path '%HERE%' $_ }; $s += Get-ChildItem -LiteralPath (Join-Path '%HERE%' 'configs') -Exclude target | ForEach-Object FullName; if (Get-ChildItem -LiteralPath $s -Recurse | Where-Object { $_.LastWriteTime -gt $t } | Select-Object -First 1) { exit 0 } else { exit 1 }"
exit /b %ERRORLEVEL%

:build
where mvn >nul 2>nul || (
    echo terrazzo: Maven is needed to build and was not found: https://maven.apache.org 1>&2
    exit /b 1
)
if not exist "%DIST%" mkdir "%DIST%"
echo terrazzo: building (%~1) ... 1>&2
copy /y nul "%DIST%\begun" >nul
pushd "%HERE%"
set "JAVA25_HOME=%JDK%"
call mvn -B -pl app -am -Dmaven.test.skip=true -Dspotless.check.skip=true package > "%DIST%\build.log" 2>&1
set "STATUS=%ERRORLEVEL%"
popd
if not "%STATUS%"=="0" (
    findstr /b "[ERROR]" "%DIST%\build.log" 1>&2
    echo terrazzo: the build failed; full output: %DIST%\build.log 1>&2
    exit /b 1
)
move /y "%DIST%\begun" "%STAMP%" >nul
exit /b 0
