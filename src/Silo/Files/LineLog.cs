using System.Globalization;
using Microsoft.Extensions.Logging;

namespace PairUni.Silo;

/// <summary>Warnings and errors of the process as lines, one after the other.</summary>
/// <param name="write">Gets each line with its end.</param>
/// <param name="time">The clock.</param>
public sealed class LineLog(Action<string> write, TimeProvider time) : ILoggerProvider
{
    private readonly Lock _lock = new();

    /// <summary>A log that is a file; its folder is made with the first line.</summary>
    public static LineLog Of(string file, TimeProvider time) => new(
        line =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.AppendAllText(file, line);
        },
        time);

    public ILogger CreateLogger(string categoryName) => new CategoryLog(this, categoryName);

    public void Dispose()
    {
    }

    private void Write(LogLevel level, string category, string text)
    {
        var now = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        try
        {
            lock (_lock) write($"{now} {level} {category}: {text}\n");
        }
        catch (IOException)
        {
            // A disk that is full: what happened goes on without its line.
        }
    }

    private sealed class CategoryLog(LineLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) log.Write(logLevel, category, formatter(state, exception) + (exception is null ? "" : "\n" + exception));
        }
    }
}
