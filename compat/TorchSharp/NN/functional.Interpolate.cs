using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Resizes the last dimensions of [N, C, ...] to a size or by a factor.</summary>
            /// <param name="recompute_scale_factor">sample by the ratio of the sizes instead of the given factor</param>
            /// <exception cref="ArgumentException">Not exactly one of size and factor, or a mode that does not fit.</exception>
            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                if (size is null == scale_factor is null)
                    throw new ArgumentException("Exactly one of size and scale_factor must be given.");
                var shape = x.shape;
                var spatial = shape.Length - 2;
                if (spatial is < 1 or > 2)
                    throw new ArgumentException($"interpolate takes tensors of 3 or 4 dimensions, not {shape.Length}.", nameof(x));
                if (align_corners is not null && mode is InterpolationMode.Nearest or InterpolationMode.NearestExact or InterpolationMode.Area && align_corners == true)
                    throw new ArgumentException("align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear", nameof(align_corners));
                if (antialias && !(mode is InterpolationMode.Bilinear or InterpolationMode.Bicubic && spatial == 2))
                    throw new ArgumentException("Anti-alias option is only supported for bilinear and bicubic modes", nameof(antialias));
                var target = size is not null ? Spread(size, spatial) : [.. Spread(scale_factor!, spatial).Select((factor, i) => (long)Math.Floor(shape[i + 2] * factor))];
                var factors = scale_factor is null || recompute_scale_factor ? null : Spread(scale_factor, spatial);
                var first = (Arg)factors?[0];
                var second = spatial == 2 ? (Arg)factors?[1] : default;
                var corners = align_corners ?? false;
                return (mode, spatial) switch
                {
                    (InterpolationMode.Nearest, 1) => Ops.upsample_nearest1d.Call(x, target, first),
                    (InterpolationMode.Nearest, _) => Ops.upsample_nearest2d.Call(x, target, first, second),
                    (InterpolationMode.NearestExact, 2) => Ops.upsample_nearest_exact2d.Call(x, target, first, second),
                    (InterpolationMode.Linear, 1) => Ops.upsample_linear1d.Call(x, target, corners, first),
                    (InterpolationMode.Bilinear, 2) => (antialias ? Ops.upsample_bilinear2d_aa : Ops.upsample_bilinear2d).Call(x, target, corners, first, second),
                    (InterpolationMode.Bicubic, 2) => (antialias ? Ops.upsample_bicubic2d_aa : Ops.upsample_bicubic2d).Call(x, target, corners, first, second),
                    (InterpolationMode.Area, 2) => adaptive_avg_pool2d(x, target),
                    _ => throw new ArgumentException($"Got {shape.Length}D input, but {mode} mode needs another number of dimensions.", nameof(mode)),
                };
            }

            private static T[] Spread<T>(T[] values, int count) => values.Length == count
                ? values
                : values.Length == 1 ? [.. Enumerable.Repeat(values[0], count)] : throw new ArgumentException($"{values.Length} values do not fit {count} spatial dimensions.");
        }
    }
}
