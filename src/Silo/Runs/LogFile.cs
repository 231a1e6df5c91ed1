using System.Globalization;
using Microsoft.Extensions.Logging;

namespace PairUni.Silo;

/// <summary>Warnings and errors of the process as lines in a file of the run's logs folder.</summary>
public sealed class LogFile(string path, TimeProvider time) : ILoggerProvider
{
    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) => new CategoryLog(this, categoryName);

    public void Dispose()
    {
    }

    private void Write(string line)
    {
        lock (_lock)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.AppendAllText(path, line);
        }
    }

    private sealed class CategoryLog(LogFile file, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var t = file.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            file.Write($"{t} {logLevel} {category}: {formatter(state, exception)}{(exception is null ? "" : "\n" + exception)}\n");
        }
    }

    private TimeProvider Time { get; } = time;
}
