using System.Buffers;
using Orleans.Runtime;
using Orleans.Wire;

namespace Orleans.Networking;

/// <summary>Frames about a call or probe of the other side; their header is its id.</summary>
internal static class AnswerFrame
{
    public static void Result<TResult>(FrameBuffer frame, ulong id, TResult result, WireOptions options)
    {
        Begin(frame, FrameKind.Result, id);
        CallBody.Write(frame, result, options);
        frame.End();
    }

    public static void Failure(FrameBuffer frame, ulong id, Exception exception)
    {
        Begin(frame, FrameKind.Failure, id);
        CallBody.WriteException(frame, exception);
        frame.End();
    }

    /// <summary>An answer that is passed on.</summary>
    public static void AsItCame(FrameBuffer frame, ulong id, FrameKind kind, in ReadOnlySequence<byte> body)
    {
        Begin(frame, kind, id);
        frame.Append(body);
        frame.End();
    }

    /// <summary>One that says everything by its kind.</summary>
    public static void Bare(FrameBuffer frame, ulong id, FrameKind kind)
    {
        Begin(frame, kind, id);
        frame.End();
    }

    /// <summary>The answer to a probe; its header has the number of activations too.</summary>
    public static void Alive(FrameBuffer frame, ulong id, int activations)
    {
        frame.Begin(FrameKind.Alive);
        frame.WriteVar(id);
        frame.WriteVar((ulong)activations);
        frame.BeginBody();
        frame.End();
    }

    private static void Begin(FrameBuffer frame, FrameKind kind, ulong id)
    {
        frame.Begin(kind);
        frame.WriteVar(id);
        frame.BeginBody();
    }
}
